using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Limbeck.Evaluation;
using Limbeck.Objectives;
using Limbeck.Torch.Optim;

namespace Limbeck.Lab.Recipes.Binding;

/// <summary>
/// The shape of a recipe as System.Text.Json sees its records. The binder, the schema, the resolved recipe and the stage keys
/// all follow this one contract, so that they cannot disagree.
/// </summary>
internal static class RecipeContract
{
    public const string Kind = "kind";
    public const string Weight = "weight";
    public const string Teacher = "teacher";

    /// <summary>Keys that every objective has beside its own options.</summary>
    public static IReadOnlyList<string> OfObjectives { get; } = [Kind, Weight, Teacher];

    private static readonly Dictionary<Type, (string Kind, Type Type)[]> Unions = new()
    {
        [typeof(OptimizerOptions)] =
        [
            ("sgd", typeof(SgdOptions)), ("dot", typeof(DotOptions)), ("adam", typeof(AdamOptions)), ("adamw", typeof(AdamWOptions)), ("lamb", typeof(LambOptions)), ("rmsprop", typeof(RmsPropOptions)),
        ],
        [typeof(ScheduleOptions)] =
        [
            ("constant", typeof(ConstantOptions)), ("step", typeof(StepOptions)), ("multi-step", typeof(MultiStepOptions)),
            ("cosine", typeof(CosineOptions)), ("one-cycle", typeof(OneCycleOptions)),
        ],
        [typeof(AugmentOptions)] = [("crop", typeof(CropOptions)), ("flip", typeof(FlipOptions)), ("cutout", typeof(CutoutOptions))],
        [typeof(MeasureOptions)] = [("fgsm", typeof(Fgsm.Options)), ("weight-noise", typeof(WeightNoise.Options)), ("latent-space", typeof(LatentSpace.Options))],
        [typeof(WeightSchedule)] =
        [
            ("constant", typeof(ConstantWeight)), ("linear", typeof(LinearWeight)), ("warm-up", typeof(WarmUpWeight)),
            ("until", typeof(UntilWeight)), ("from", typeof(FromWeight)),
        ],
    };

    /// <summary>For writing: the objectives' types come from the values.</summary>
    public static JsonSerializerOptions Writing { get; } = For(new([], [], new Dictionary<string, Type>()));

    /// <summary>For stage keys: without what cannot change a result.</summary>
    public static JsonSerializerOptions Keys { get; } = For(new([], [], new Dictionary<string, Type>()), RemoveIncidental);

    /// <summary>The keys that say how a network is trained.</summary>
    public static IReadOnlyList<string> Settings { get; } = [.. typeof(TrainingSettings).GetProperties().Select(property => JsonNamingPolicy.KebabCaseLower.ConvertName(property.Name))];

    /// <summary>The keys that say how images are synthesised.</summary>
    public static IReadOnlyList<string> OfSyntheses { get; } =
        [.. typeof(SynthesisSettings).GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Select(property => JsonNamingPolicy.KebabCaseLower.ConvertName(property.Name))];

    /// <summary>For reading, with the objectives and methods of a vocabulary.</summary>
    public static JsonSerializerOptions For(Vocabulary vocabulary) => For(vocabulary, static _ => { });

    /// <summary>The properties that a recipe may set.</summary>
    public static IEnumerable<JsonPropertyInfo> Settable(this JsonTypeInfo type) =>
        type.Properties.Where(p => p.Set is not null || p.AssociatedParameter is not null);

    /// <summary>A recipe must set the property.</summary>
    public static bool IsNeeded(this JsonPropertyInfo property) => property.IsRequired || property.AssociatedParameter is { HasDefaultValue: false };

    /// <summary>The attribute of a property, or of the parameter that a positional record made it from.</summary>
    public static T? Attribute<T>(this JsonPropertyInfo property) where T : Attribute =>
        (property.AttributeProvider?.GetCustomAttributes(typeof(T), true).FirstOrDefault()
        ?? property.AssociatedParameter?.AttributeProvider?.GetCustomAttributes(typeof(T), true).FirstOrDefault()) as T;

    /// <summary>The kinds of a union by name; empty for any other type.</summary>
    public static IReadOnlyDictionary<string, Type> Kinds(this JsonTypeInfo type) =>
        (type.PolymorphismOptions?.DerivedTypes ?? []).ToDictionary(d => (string)d.TypeDiscriminator!, d => d.DerivedType);

    private static JsonSerializerOptions For(Vocabulary vocabulary, Action<JsonTypeInfo> modifier)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.KebabCaseLower,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            Converters =
            {
                new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false),
                new ObjectiveConverter(vocabulary.Objectives),
                new MethodConverter(vocabulary.Methods),
            },
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { MakeUnion, modifier } },
        };
        options.MakeReadOnly();
        return options;
    }

    private static void MakeUnion(JsonTypeInfo type)
    {
        if (!Unions.TryGetValue(type.Type, out var kinds)) return;
        type.PolymorphismOptions = new() { TypeDiscriminatorPropertyName = Kind };
        foreach (var (name, kind) in kinds) type.PolymorphismOptions.DerivedTypes.Add(new(kind, name));
    }

    private static void RemoveIncidental(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(p => p.Attribute<IncidentalAttribute>() is not null).ToList())
            type.Properties.Remove(property);
    }
}
