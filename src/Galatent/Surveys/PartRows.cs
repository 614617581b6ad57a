using Galatent.Files;
using Galatent.Spectra;

namespace Galatent.Surveys;

/// <summary>The pixels of the spectra in the parts of an import. Places count through all parts.</summary>
/// <param name="paths">The parts in their order.</param>
/// <param name="starts">The place of each part's first spectrum.</param>
/// <param name="pixels">Pixels of a spectrum.</param>
internal sealed class PartRows(string[] paths, long[] starts, int pixels) : IPreparedRows
{
    /// <inheritdoc/>
    public (float[] Flux, float[] InverseVariance, byte[] Mask) Read(ReadOnlySpan<long> places)
    {
        var flux = new float[places.Length * pixels];
        var ivar = new float[places.Length * pixels];
        var mask = new byte[places.Length * pixels];
        var wanted = places.ToArray();
        for (var i = 0; i < wanted.Length; )
        {
            var part = PartOf(wanted[i]);
            var end = i;
            while (end < wanted.Length && PartOf(wanted[end]) == part)
            {
                end++;
            }
            var first = i;
            Hdf5.Open(paths[part], file =>
            {
                for (var k = first; k < end; k++)
                {
                    var row = (int)(wanted[k] - starts[part]);
                    float[] Row(string name) => Hdf5Numbers.Singles(paths[part], Hdf5.Dataset(file, paths[part], name), name, row, 1);
                    Row("flux").CopyTo(flux, k * pixels);
                    Row(SpectrumFile.InverseVariance).CopyTo(ivar, k * pixels);
                    Array.ConvertAll(Row(SpectrumFile.Mask), m => (byte)m).CopyTo(mask, k * pixels);
                }
                return 0;
            });
            i = end;
        }
        return (flux, ivar, mask);
    }

    private int PartOf(long place)
    {
        var at = Array.BinarySearch(starts, place);
        // Several parts may begin at one place: those before the last of them are empty.
        at = at >= 0 ? at : ~at - 1;
        while (at + 1 < starts.Length && starts[at + 1] == place)
        {
            at++;
        }
        return at;
    }
}
