namespace Limbeck.Objectives;

/// <summary>Every objective, under the name that recipes use. A line here makes it known to recipes, schema, <c>limbeck methods</c> and the conformance tests.</summary>
public static class Catalog
{
    static readonly CatalogEntry[] responses =
    [
        CatalogEntry.Of<CrossEntropy, CrossEntropy.Options>("cross-entropy", "The labels: −log softmax(s)_y.", "", options => new(options)),
        CatalogEntry.Of<SoftTargets, SoftTargets.Options>("soft-targets", "The teacher's softened probabilities: T² KL(softmax(t/T) || softmax(s/T)).", "Hinton, Vinyals, Dean 2015, section 2", options => new(options)),
        CatalogEntry.Of<LogitRegression, LogitRegression.Options>("logit-regression", "The teacher's logits themselves: 1/2 ‖s − t‖².", "Ba, Caruana 2014, section 2", options => new(options)),
        CatalogEntry.Of<Dkd, Dkd.Options>("dkd", "How sure it is of the label, and the other classes apart: α T² KL(label | rest) + β T² KL(other classes).", "Zhao et al. 2022, section 3", options => new(options)),
        CatalogEntry.Of<Dist, Dist.Options>("dist", "Correlation of its probabilities over classes and over samples: T² [β (1 − ρ of rows) + γ (1 − ρ of columns)].", "Huang et al. 2022, section 3", options => new(options)),
        CatalogEntry.Of<StandardisedSoftTargets, StandardisedSoftTargets.Options>("standardised-soft-targets", "Softened probabilities of logits brought to mean 0 and deviation 1: T² KL(softmax(Z(t)/T) || softmax(Z(s)/T)).", "Sun et al. 2024, section 3", options => new(options)),
        CatalogEntry.Of<Nkd, Nkd.Options>("nkd", "The label weighted by the teacher's trust in it, and the other classes normalised: −p_y(t) log p_y(s) − γ T² Σ n(t) log n(s).", "Yang et al. 2023, section 3", options => new(options)),
        CatalogEntry.Of<Wsld, Wsld.Options>("wsld", "Soft labels, less of them where the student beats the teacher: (1 − exp(−CE(s)/CE(t))) T² CE(softmax(t/T), softmax(s/T)).", "Zhou et al. 2021, section 4", options => new(options)),
        CatalogEntry.Of<Mlkd, Mlkd.Options>("mlkd", "Predictions, likeness of samples and likeness of classes, at several T and on a second view: Σ_T T² KL + ‖P Pᵀ − Q Qᵀ‖²/B + ‖Pᵀ P − Qᵀ Q‖²/C.", "Jin et al. 2023, section 3", options => new(options)),
        CatalogEntry.Of<Ctkd, Ctkd.Options>("ctkd", "Softened probabilities at a temperature that is trained against the student: T(θ)² KL(softmax(t/T) || softmax(s/T)).", "Li et al. 2023, section 3", options => new(options)),
        CatalogEntry.Of<MetaparametricSoftTargets, MetaparametricSoftTargets.Options>("metaparametric-soft-targets", "Labels and softened probabilities, their shares and the temperature learned from images held out: λ CE + (1 − λ) T² KL(softmax(t/T) || softmax(s/T)).", "Gorpinich, Bakhteev, Strijov 2022", options => new(options)),
        CatalogEntry.Of<DenselyGuided, DenselyGuided.Options>("densely-guided", "Softened probabilities of the teacher and of all assistants at once, some left out at random: T² Σ_i KL(softmax(t_i/T) || softmax(s/T)).", "Son et al. 2021, section 3", options => new(options)),
        CatalogEntry.Of<LabelSmoothing, LabelSmoothing.Options>("label-smoothing", "The labels, a share ε of each spread over all classes: (1 − ε) CE + ε/C Σ −log softmax(s). No teacher.", "Szegedy et al. 2016, section 7", options => new(options)),
        CatalogEntry.Of<VirtualTeacher, VirtualTeacher.Options>("virtual-teacher", "A made-up teacher that gives the label probability a: T² KL(v_T || softmax(s/T)). No teacher.", "Yuan et al. 2020, section 5", options => new(options)),
        CatalogEntry.Of<Dml, Dml.Options>("dml", "Each other's probabilities, of networks that learn side by side: 1/(K − 1) Σ KL(p_l || p_s). No teacher.", "Zhang, Xiang, Hospedales, Lu 2018", options => new(options)),
        CatalogEntry.Of<Bss, Bss.Options>("bss", "Its softened probabilities at images that an attack moves to its decision boundaries: CE(softmax(t(x')/T), softmax(s(x')/T)).", "Heo et al. 2019", options => new(options)),
    ];

    static readonly CatalogEntry[] features =
    [
        CatalogEntry.Of<Hint, Hint.Options>("hint", "Middle maps themselves, behind a regressor r: 1/2 ‖t − r(s)‖².", "Romero et al. 2015, section 2.2", options => new(options)),
        CatalogEntry.Of<AttentionTransfer, AttentionTransfer.Options>("at", "Where it looks: Σ ‖Q(s)/‖Q(s)‖ − Q(t)/‖Q(t)‖‖, Q = Σ over channels of |A|^p.", "Zagoruyko, Komodakis 2017, section 3.1", options => new(options)),
        CatalogEntry.Of<Vid, Vid.Options>("vid", "How likely the teacher's maps are given the student's: Σ log σ + (t − μ(s))²/(2σ²), σ learned for each channel.", "Ahn et al. 2019, section 3", options => new(options)),
        CatalogEntry.Of<LayerAlignment, LayerAlignment.Options>("layer-alignment", "Every layer of the teacher from every layer of the student: Σ λ_ij (log σ + (t_i − μ(s_j))²/(2σ²)), Σ_i λ_ij = 1.", "Oleynik, Gorpinich, Bakhteev 2023", options => new(options)),
        CatalogEntry.Of<FactorTransfer, FactorTransfer.Options>("ft", "Factors of the last maps, the teacher's found by reconstruction: ‖P(t)/‖P(t)‖ − T(s)/‖T(s)‖‖₁.", "Kim, Park, Kwak 2018, section 3", options => new(options)),
        CatalogEntry.Of<CatKd, CatKd.Options>("cat-kd", "Where each class is seen: squared difference of normalised class activation maps.", "Guo et al. 2023, section 3", options => new(options)),
        CatalogEntry.Of<Srrl, Srrl.Options>("srrl", "The student's vector in the teacher's classifier: |h_t − r(h_s)|² + |W_t h_t − W_t r(h_s)|².", "Yang et al. 2021, section 3", options => new(options)),
        CatalogEntry.Of<ReviewKd, ReviewKd.Options>("reviewkd", "Each stage of the student, fused with those behind it, against the teacher's at several scales.", "Chen et al. 2021 (CVPR), section 3", options => new(options)),
        CatalogEntry.Of<SemCkd, SemCkd.Options>("semckd", "Every stage of the student against every stage of the teacher, weighted by learned attention.", "Chen et al. 2021 (AAAI)", options => new(options)),
        CatalogEntry.Of<SimKd, SimKd.Options>("simkd", "The student's projected last maps against the teacher's, whose last layer it keeps: mean (P(s) − t)².", "Chen et al. 2022, section 3", options => new(options)),
        CatalogEntry.Of<ActivationBoundaries, ActivationBoundaries.Options>("ab", "Which neurons fire: Σ max(0, m − sign(t) s)², before the activation.", "Heo et al. 2019 (AAAI), section 3", options => new(options)),
        CatalogEntry.Of<Ofd, Ofd.Options>("ofd", "Maps before the activation, cut at margins from the teacher's batch norms: partial squared distance.", "Heo et al. 2019 (ICCV), section 3", options => new(options)),
        CatalogEntry.Of<Nst, Nst.Options>("nst", "Sets of channel patterns: MMD² with the kernel (x·y)².", "Huang, Wang 2017, section 4", options => new(options)),
        CatalogEntry.Of<ChannelWise, ChannelWise.Options>("cwd", "Where each channel fires: T²/C Σ_c KL(φ(t_c/T) || φ(s_c/T)), φ a softmax over places.", "Shu et al. 2021, section 3.2", options => new(options)),
        CatalogEntry.Of<PadL2, PadL2.Options>("pad-l2", "Pooled vectors, by a learned variance: (t − s)²/σ² + log σ².", "Zhang et al. 2020, section 3", options => new(options)),
        CatalogEntry.Of<Afd, Afd.Options>("afd", "Last maps of networks that learn side by side pass for each other's: (1 − D(f))² against a discriminator D, beside T² KL(p_l || p_s). No teacher.", "Chung, Park, Kim, Kwak 2020", options => new(options)),
        CatalogEntry.Of<Sdd, Sdd.Options>("sdd", "Softened probabilities of each region of an image: Σ w T² KL(softmax(t/T) || softmax(s/T)).", "Wei et al. 2024, section 3", options => new(options)),
    ];

    static readonly CatalogEntry[] relations =
    [
        CatalogEntry.Of<Crd, Crd.Options>("crd", "Contrast: an image's vectors of both networks told from those of K other images, −log h(s_i, t_i) − Σ_j log(1 − h(s_i, t_j)).", "Tian, Krishnan, Isola 2020, section 3", options => new(options)),
        CatalogEntry.Of<Fsp, Fsp.Options>("fsp", "The flow between consecutive places: ‖G(t) − G(s)‖², G = F₁F₂ᵀ/HW.", "Yim, Joo, Bae, Kim 2017, section 3", options => new(options)),
        CatalogEntry.Of<Rkd, Rkd.Options>("rkd", "Distances and angles between samples: Huber of d/mean d and of cosines.", "Park, Kim, Lu, Cho 2019, section 3.2", options => new(options)),
        CatalogEntry.Of<SimilarityPreserving, SimilarityPreserving.Options>("sp", "Which samples are alike: ‖Ĝ(t) − Ĝ(s)‖²/B², G = FFᵀ over the batch.", "Tung, Mori 2019, section 3", options => new(options)),
        CatalogEntry.Of<CorrelationCongruence, CorrelationCongruence.Options>("cc", "Gaussian kernels between samples: ‖K(t) − K(s)‖²/B².", "Peng et al. 2019, section 3", options => new(options)),
        CatalogEntry.Of<Pkt, Pkt.Options>("pkt", "Probable neighbours: KL(p(t) || p(s)), p from cosines.", "Passalis, Tefas 2018, section 3", options => new(options)),
        CatalogEntry.Of<Kdsvd, Kdsvd.Options>("kdsvd", "Singular vectors of consecutive places: ‖R(t) − R(s)‖², R = exp(−(v − v′)²/8).", "Lee, Kim, Song 2018, section 3", options => new(options)),
        CatalogEntry.Of<Ickd, Ickd.Options>("ickd", "Inner products between channels: ‖FFᵀ(t) − FFᵀ(s)‖²/C².", "Liu et al. 2021, section 3", options => new(options)),
        CatalogEntry.Of<LocalityPreserving, LocalityPreserving.Options>("lp", "Neighbours of the teacher stay near: Σ α_ij ‖s_i − s_j‖², α = exp(−‖t_i − t_j‖²/σ²).", "Chen et al. 2020", options => new(options)),
    ];

    static readonly CatalogEntry[] triplets =
    [
        CatalogEntry.Of<TripletOki, TripletOki.Options>("triplet-oki", "The teacher's logits as anchor: max(0, ‖t_i − s_i‖ − ‖t_i − s_j‖ + m).", "Oki et al. 2020", options => new(options)),
        CatalogEntry.Of<TripletGeorgescu, TripletGeorgescu.Options>("triplet-georgescu", "The teacher's embedding as positive: max(0, ‖s_a − t_p‖² − ‖s_a − s_n‖² + m).", "Georgescu, Ionescu 2020, section III", options => new(options)),
        CatalogEntry.Of<LatentTriplets, LatentTriplets.Options>("latent-triplets", "A latent space of all networks, student s and teachers i, each of whom may know some classes only: Σ w_i max(0, ‖v_a − u_p‖² − ‖v_a − u_n‖² + m).", "Sedova, Gorpinich, Bakhteev, Strijov 2022", options => new(options)),
        CatalogEntry.Of<TripletFacenet, TripletFacenet.Options>("triplet-facenet", "The student's own embeddings: max(0, ‖s_a − s_p‖² − ‖s_a − s_n‖² + m).", "Schroff, Kalenichenko, Philbin 2015, section 3", options => new(options)),
    ];

    static readonly CatalogEntry[] committees =
    [
        CatalogEntry.Of<AveragedTeachers, AveragedTeachers.Options>("averaged-teachers", "The average of several teachers: T² KL(mean of softmax(t_m/T) || softmax(s/T)).", "Hinton, Vinyals, Dean 2015, section 1", options => new(options)),
        CatalogEntry.Of<RandomTeacher, RandomTeacher.Options>("random-teacher", "One of several teachers, drawn for each batch: T² KL(softmax(t_m/T) || softmax(s/T)).", "Ilichev et al. 2021", options => new(options)),
        CatalogEntry.Of<Ebkd, Ebkd.Options>("ebkd", "Several teachers, the surer the more: Σ w_m T² KL(t_m || s), w_m = (1 − H_m/Σ H)/(M − 1).", "Kwon et al. 2020", options => new(options)),
        CatalogEntry.Of<CaMkd, CaMkd.Options>("ca-mkd", "Several teachers, the better one knows the label the more: Σ w_m T² KL(t_m || s) + β Σ v_m (r_m(s) − t_m)².", "Zhang, Chen, Wang 2022, section 3", options => new(options)),
        CatalogEntry.Of<Aekd, Aekd.Options>("aekd", "Several teachers, by weights that lower all losses at once: Σ α_m T² KL(t_m || s), min ‖Σ α_m g_m‖.", "Du et al. 2020, section 3", options => new(options)),
        CatalogEntry.Of<Amtml, Amtml.Options>("amtml", "Several teachers, mixed by learned weights of each sample, with angles and hints by groups of stages: T² KL(Σ μ_m softmax(t_m/T) || softmax(s/T)).", "Liu, Zhang, Wang 2020", options => new(options)),
    ];

    /// <summary>All of them, by what they compare: logits, maps, relations between samples or channels, distances in triplets, the answers of several teachers.</summary>
    public static IReadOnlyList<(string Compares, IReadOnlyList<CatalogEntry> Entries)> Groups { get; } =
        [("responses", responses), ("features", features), ("relations", relations), ("triplets", triplets), ("committees", committees)];

    /// <summary>All of them, in the order in which they are listed.</summary>
    public static IReadOnlyList<CatalogEntry> All { get; } = [.. Groups.SelectMany(group => group.Entries)];

    /// <summary>The entry of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public static CatalogEntry Find(string kind) => All.FirstOrDefault(entry => entry.Kind == kind)
        ?? throw new KeyNotFoundException($"there is no objective '{kind}'. There are: {string.Join(", ", All.Select(entry => entry.Kind))}.");

    internal static string KindOf(IObjective objective) =>
        All.FirstOrDefault(entry => entry.Type == objective.GetType())?.Kind ?? objective.GetType().Name;
}
