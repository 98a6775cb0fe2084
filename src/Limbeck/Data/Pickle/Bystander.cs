namespace Limbeck.Data.Pickle;

/// <summary>Stands for an object of a class that is not known here, where a reader passes over such: what it is given is not looked at.</summary>
internal sealed class Bystander : IPickleState
{
    public void SetState(object? state)
    {
    }
}
