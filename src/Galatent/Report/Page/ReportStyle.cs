namespace Galatent.Report.Page;

/// <summary>The style sheet of the report: sober, readable on a phone and on paper, light or dark according to the reader's
/// system.</summary>
internal static class ReportStyle
{
    public const string Css = """
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
        figure img { display: block; width: 100%; height: auto; background: #fff; border: 1px solid var(--line); border-radius: 3px;
        padding: .6rem; }
        figure img.column { max-width: 36rem; }
        figcaption { font-size: .92rem; line-height: 1.5; color: var(--soft); margin-top: .6rem; max-width: none; }
        figcaption b { color: var(--ink); }
        .scroll { overflow-x: auto; margin: 1rem 0; }
        table { border-collapse: collapse; font-size: .9rem; line-height: 1.4; width: 100%; }
        th, td { text-align: left; vertical-align: top; padding: .38rem .7rem .38rem 0; border-bottom: 1px solid var(--line); }
        thead th { border-bottom: 2px solid var(--ink); font-size: .82rem; }
        tbody th { font-weight: 500; min-width: 10rem; } table.numbers tbody th { min-width: 5rem; white-space: nowrap; }
        td { font-variant-numeric: tabular-nums; }
        table.numbers td, table.numbers thead th:not(:first-child) { text-align: right; }
        pre { background: var(--band); border: 1px solid var(--line); border-radius: 3px; padding: .8rem 1rem; overflow-x: auto;
        font: .85rem/1.5 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
        dt { font-weight: 600; margin-top: .8rem; }
        dd { margin-left: 1.2rem; }
        summary { cursor: pointer; color: var(--accent); }
        .note { color: var(--soft); font-size: .92rem; }
        @page { margin: 16mm 15mm; }
        @media print {
        :root { --ink: #000; --soft: #333; --paper: #fff; --line: #bbb; --band: #f3f2ee; --accent: #0b5c8f; color-scheme: light; }
        body { max-width: none; padding: 0; font-size: 10pt; line-height: 1.45; } p, li, dd { max-width: none; orphans: 3; widows: 3; }
        nav, .explorer { display: none; }
        h2 { margin-top: 1.6rem; } h2, h3, summary, dt { break-after: avoid; }
        figure { margin: .8rem 0 1.2rem; }
        figure img { border: 0; padding: 0; width: auto; max-width: 100%; max-height: 15.5cm; margin: 0 auto; }
        figcaption { font-size: 8.5pt; line-height: 1.35; }
        .scroll { overflow: visible; margin: .6rem 0; } table { font-size: 8.5pt; } thead { display: table-header-group; }
        tr { break-inside: avoid; } tbody th { min-width: 0; }
        pre { overflow: visible; white-space: pre-wrap; overflow-wrap: anywhere; font-size: 8pt; break-inside: avoid; }
        details::details-content { content-visibility: visible; block-size: auto; } summary { list-style: none; color: inherit; }
        a { color: inherit; text-decoration: none; } }
        """;
}
