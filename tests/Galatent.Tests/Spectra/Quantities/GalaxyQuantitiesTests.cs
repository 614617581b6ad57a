using Galatent.Spectra.Quantities;
using Galatent.Synthesis.Galaxies;

namespace Galatent.Tests.Spectra.Quantities;

/// <summary>The vocabulary of galaxy quantities: no two of one name, and nothing in the sources that says the same again.</summary>
public sealed class GalaxyQuantitiesTests
{
    private const string Vocabulary = "GalaxyQuantities.cs";

    [Fact]
    public void No_name_means_two_quantities()
    {
        var names = GalaxyQuantities.All.SelectMany(q => q.ShortNames.Concat(q.OtherNames).Append(q.Name).Distinct()).ToArray();
        Assert.Equal(names, names.Distinct(StringComparer.OrdinalIgnoreCase));
        Assert.All(GalaxyQuantities.All, q => Assert.True(q.IsCalled(q.Name)));
        var symbols = GalaxyQuantities.All.Select(q => q.Symbol).ToArray();
        Assert.Equal(symbols, symbols.Distinct());
    }

    [Fact]
    public void Every_stored_quantity_has_a_value_and_the_studys_eight_come_first()
    {
        Assert.Equal(GalaxyQuantities.All.Where(q => q.IsAlwaysStored), GalaxyColumns.All.Select(c => c.Quantity));
        Assert.Equal(8, GalaxyQuantities.All.TakeWhile(q => q.IsCompared).Count());
        Assert.Equal(8, GalaxyQuantities.All.Count(q => q.IsCompared));
    }

    // Names that are words of the language, such as redshift, may stand elsewhere; log_mass or D₁ may not.
    [Fact]
    public void Names_and_symbols_stand_in_the_vocabulary_alone()
    {
        string[] spelt =
        [
            .. GalaxyQuantities
                .All.SelectMany(q => q.ShortNames.Concat(q.OtherNames).Concat([q.Name, q.Symbol]))
                .Where(name => name.Any(c => c == '_' || c > 127))
                .Append("log_sfr_ratio_")
                .Distinct()
                .SelectMany(name => new[] { $"\"{name}\"", $"\"{name}{{", $"\"{name}\" +" }),
        ];
        Assert.Contains("\"log_mass\"", spelt);
        Assert.Empty(
            Directory
                .GetFiles(Path.Combine(SharedData.RepositoryRoot, "src"), "*.cs", SearchOption.AllDirectories)
                .Where(p =>
                    Path.GetFileName(p) != Vocabulary && !p.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}")
                )
                .SelectMany(p =>
                {
                    var text = File.ReadAllText(p);
                    return spelt
                        .Where(s => text.Contains(s, StringComparison.Ordinal))
                        .Select(s => $"{Path.GetFileName(p)} names {s}; take it from {Vocabulary}.");
                })
        );
    }

    [Fact]
    public void Ranges_exclude_what_is_no_number()
    {
        Assert.False(GalaxyQuantities.Redshift.IsInRange(double.NaN));
        Assert.False(GalaxyQuantities.Redshift.IsInRange(-0.001));
        Assert.True(GalaxyQuantities.Redshift.IsInRange(0));
        Assert.Equal("unknown", GalaxyQuantities.SymbolOf("unknown"));
        Assert.Equal("D₁", GalaxyQuantities.SymbolOf(GalaxyQuantities.Dust1.Name));
    }
}
