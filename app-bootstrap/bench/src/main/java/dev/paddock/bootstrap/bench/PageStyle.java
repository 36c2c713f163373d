package dev.paddock.bootstrap.bench;

/** How the page looks. */
final class PageStyle {

    static final String CSS = """

            :root { color-scheme: light dark; --page: #fbfbfa; --text: #1c1e21; --faint: #5d646d; --grid: #dfe2e6;
              --one: #1f63c4; --two: #b4540a; --three: #7b8794; --bad: #c0262d; }
            @media (prefers-color-scheme: dark) {
              :root { --page: #15181c; --text: #e6e8eb; --faint: #a3abb5; --grid: #2e343c;
                --one: #6ea8ff; --two: #f0a35e; --three: #8793a1; --bad: #ff7b7f; } }
            body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
            main { max-width: 56rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
            h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
            p { color: var(--faint); margin: .25rem 0 .75rem; } .warning { color: var(--bad); font-weight: 600; }
            table { border-collapse: collapse; margin: 1rem 0; font-variant-numeric: tabular-nums; }
            caption { text-align: left; font-weight: 600; padding-bottom: .25rem; }
            th, td { padding: .2rem 1.5rem .2rem 0; border-top: 1px solid var(--grid); text-align: left; overflow-wrap: anywhere; }
            th { font-weight: 400; color: var(--faint); } .figures td, .figures th[scope=col] { text-align: right; }
            .part th { padding-left: 1rem; }
            figure { margin: 0 0 1rem; } figcaption { font-size: .9rem; }
            .key { margin-right: 1.25rem; } .key::before { content: ""; display: inline-block; width: .8em; height: .8em;
              border-radius: 2px; margin-right: .4em; background: var(--series); }
            /* On a narrow screen a chart is moved, not shrunk: its letters are to be read. */
            figure { overflow-x: auto; } svg { display: block; width: 100%; min-width: 44rem; height: auto; } svg text { font: 12px system-ui, sans-serif; }
            .axis { fill: var(--faint); } .grid, .mark { stroke: var(--grid); fill: none; }
            .line path { fill: none; stroke: var(--series); stroke-width: 2; stroke-linejoin: round; }
            .line circle { fill: var(--series); } .bar { fill: var(--series); }
            .pooled, .p50, .answers { --series: var(--one); } .unpooled, .p95 { --series: var(--two); }
            .max { --series: var(--three); } .max path { stroke-width: 1; stroke-dasharray: 3 3; }
            .failures { --series: var(--bad); }
            """;

    private PageStyle() {}
}
