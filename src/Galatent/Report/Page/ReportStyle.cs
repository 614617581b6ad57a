using System.Globalization;

namespace Galatent.Report.Page;

/// <summary>The style sheet of the report: sober, readable on a phone and on paper, light or dark according to the reader's
/// system.</summary>
internal static class ReportStyle
{
    /// <summary>The smallest share of the text's width that a figure may have, percent.</summary>
    public const int LeastPercent = 25;

    /// <summary>The style sheet. A figure of class <c>w60</c> was made for 60 percent of the text's width; print keeps to that, so that all
    /// figures have letters of one size.</summary>
    public static string Css { get; } =
        string.Concat(
            Enumerable
                .Range(LeastPercent / 5, 20 - (LeastPercent / 5))
                .Select(k => $".w{5 * k} {{ --share: {(k / 20m).ToString(CultureInfo.InvariantCulture)}; }}\n")
        ) + Sheet;

    private const string Sheet = """
        :root { color-scheme: light dark; --ink: #1c1c1c; --soft: #5b5b5b; --paper: #fdfdfc; --line: #d8d6d0; --band: #f3f2ee;
        --accent: #0b5c8f; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e4e2dd; --soft: #a5a29b; --paper: #17181a; --line: #3a3b3e; --band: #212326;
        --accent: #7fb8e0; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 62rem; padding: 2.5rem 1.25rem 5rem; background: var(--paper); color: var(--ink);
        font: 1.02rem/1.6 Charter, "Bitstream Charter", "Sitka Text", Cambria, Georgia, serif; }
        h1, h2, h3, th, nav, figcaption b, .kicker { font-family: "Avenir Next", Avenir, "Segoe UI", "Helvetica Neue", "DejaVu Sans",
        sans-serif; }
        h1 { font-size: 2rem; line-height: 1.2; margin: .2rem 0 .6rem; font-weight: 600; }
        h2 { font-size: 1.35rem; margin: 3rem 0 .8rem; padding-top: .6rem; border-top: 1px solid var(--line); font-weight: 600; }
        h3 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
        p, li, dd { max-width: 46rem; }
        a { color: var(--accent); }
        .kicker { color: var(--soft); font-size: .85rem; letter-spacing: .04em; margin: 0; }
        .summary { background: var(--band); border-left: 4px solid var(--accent); padding: .4rem 1.2rem; margin: 1.5rem 0; }
        nav ol { columns: 2 18rem; padding-left: 1.3rem; font-size: .92rem; }
        figure { margin: 2rem 0 2.6rem; break-inside: avoid; }
        figure img { display: block; width: max(min(100%, 36rem), calc(100% * var(--share, 1))); height: auto;
        background: #fff; border: 1px solid var(--line); border-radius: 3px; padding: .6rem; }
        .summary h2 { font-size: 1.05rem; margin: .8rem 0 .2rem; padding: 0; border: 0; }
        .data { white-space: nowrap; }
        figure.column img { max-width: 36rem; }
        @media (min-width: 52rem) { .pair { display: flex; gap: 2rem; } .pair figure { flex: 1 1 0; min-width: 0; margin: 1rem 0; } }
        figcaption { font-size: .92rem; line-height: 1.5; color: var(--soft); margin-top: .6rem; max-width: none; }
        figcaption b { color: var(--ink); }
        .scroll { overflow-x: auto; margin: 1rem 0; }
        table { border-collapse: collapse; font-size: .9rem; line-height: 1.4; width: 100%; }
        th, td { text-align: left; vertical-align: top; padding: .38rem .7rem .38rem 0; border-bottom: 1px solid var(--line); }
        thead th { border-bottom: 2px solid var(--ink); font-size: .82rem; }
        tbody th { font-weight: 500; min-width: 10rem; } table.numbers tbody th { min-width: 5rem; white-space: nowrap; }
        td { font-variant-numeric: tabular-nums; } table.numbers td { white-space: nowrap; }
        table.numbers td, table.numbers thead th:not(:first-child) { text-align: right; }
        pre { background: var(--band); border: 1px solid var(--line); border-radius: 3px; padding: .8rem 1rem; overflow-x: auto;
        font: .85rem/1.5 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
        dt { font-weight: 600; margin-top: .8rem; }
        dd { margin-left: 1.2rem; }
        summary { cursor: pointer; color: var(--accent); }
        .note { color: var(--soft); font-size: .92rem; }
        .readout { position: fixed; z-index: 9; pointer-events: none; background: var(--paper); color: var(--ink);
        border: 1px solid var(--line); border-radius: 3px; padding: .25rem .5rem; font-size: .82rem; line-height: 1.35; max-width: 22rem; }
        .readout-row { border-left: .5rem solid; padding-left: .35rem; }
        @page { margin: 12mm; }
        @media print {
        :root { --ink: #000; --soft: #333; --paper: #fff; --line: #bbb; --band: #f3f2ee; --accent: #0b5c8f; color-scheme: light; }
        body { max-width: none; padding: 0; font-size: 10pt; line-height: 1.4; } p, li, dd { max-width: none; orphans: 3; widows: 3; }
        nav, .explorer, .readout { display: none; }
        h2 { margin: 1.2rem 0 .5rem; } h3 { margin: .9rem 0 .3rem; } p { margin: .4rem 0; }
        h2, h3, summary, dt, p:has(+ pre), p:has(+ .scroll), p:has(+ figure), p:has(+ h3) { break-after: avoid; }
        p:has(+ h3), p:has(+ .scroll) { break-inside: avoid; }
        dd { break-before: avoid; break-inside: avoid; } .summary, #repeat { break-inside: avoid; }
        figure { margin: .5rem 0 .9rem; } figure img { border: 0; padding: 0; margin: 0 auto; width: calc(100% * var(--share, 1));
          max-height: 20cm; object-fit: contain; } figure.square img { max-height: 15.5cm; }
        figcaption { font-size: 8pt; line-height: 1.3; margin-top: .3rem; }
        .pair { display: flex; gap: 4mm; break-inside: avoid; } .pair figure { flex: 1 1 0; min-width: 0; }
        figure.column img { width: calc(176mm * var(--share, .5)); max-width: 100%; margin: 0; }
        section > figure.column { display: grid; grid-template-columns: 88mm 1fr; gap: 4mm; align-items: start; }
        .scroll { overflow: visible; margin: .4rem 0; break-inside: avoid; } table { font-size: 8pt; line-height: 1.3; }
        thead { display: table-header-group; } thead th { font-size: 7.5pt; } tr { break-inside: avoid; }
        th, td { padding: .8mm 2mm .8mm 0; } tbody th, table.numbers tbody th { min-width: 0; } table.numbers td { white-space: normal; }
        pre { overflow: visible; white-space: pre-wrap; overflow-wrap: anywhere; font-size: 8pt; line-height: 1.35; padding: .4rem .6rem;
        break-inside: avoid; }
        details::details-content { content-visibility: visible; block-size: auto; } summary { list-style: none; color: inherit;
        font-weight: 600; font-size: 1.05rem; margin: .9rem 0 .3rem; }
        dl { columns: 2; column-gap: 6mm; font-size: 9pt; } dt { margin-top: .35rem; } dd { margin-left: .6rem; }
        a { color: inherit; text-decoration: none; } }
        """;
}
