namespace Galatent.Explore.Data;

/// <summary>One number per galaxy that the map can show: an axis, a colour, a histogram.</summary>
/// <param name="Name">Name in addresses and files, e.g. <c>log_z_gas</c> or <c>z05</c>.</param>
/// <param name="Label">Short name on axes.</param>
/// <param name="Unit">Unit; empty when dimensionless.</param>
/// <param name="Words">A few words for sentences and lists.</param>
/// <param name="Group">Heading in lists.</param>
/// <param name="Values">Gives the values in the order of the spectra's file; NaN where there is none.</param>
internal sealed record ExploredColumn(string Name, string Label, string Unit, string Words, string Group, Func<float[]> Values)
{
    /// <summary>Headings of lists, in their order.</summary>
    public const string Dimensions = "Latent dimensions";
    public const string Parameters = "Parameters of the galaxies";
    public const string Measured = "Measured on the spectra";
    public const string Embeddings = "Embeddings of the latents";
    public const string Scores = "Of the model";

    /// <summary>Names of the categories 0, 1, ...; empty for a continuous quantity.</summary>
    public string[] Categories { get; init; } = [];

    /// <summary>What the page is told.</summary>
    public ColumnDescription Description => new(Name, Label, Unit, Words, Group, Categories);
}
