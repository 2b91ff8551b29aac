#include "interpreter/doc/style.hpp"

namespace duly::doc {

std::string_view style_sheet() {
  return R"(:root { color-scheme: light dark; --line: #8888; --tint: #8882; }
* { box-sizing: border-box; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; overflow-wrap: anywhere; }
header, main, footer { margin: 0 auto; max-width: 62rem; padding: 0 1rem; }
header { border-bottom: 3px solid; padding-bottom: .5rem; }
header p { font-weight: bold; margin: .75rem 0 .5rem; }
header a { color: inherit; }
header ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; margin: 0; padding: 0; }
header [aria-current] { font-weight: bold; text-decoration-thickness: 3px; text-underline-offset: .3em; }
footer { border-top: 1px solid; margin-top: 3rem; padding-bottom: 1rem; }
.skip { background: Canvas; left: 1rem; padding: .5rem; position: absolute; top: -4rem; }
.skip:focus { outline: 3px solid; top: 0; }
h1, h2, h3, h4 { line-height: 1.25; margin: 2rem 0 .5rem; }
h1 { font-size: 1.9rem; margin-top: 1.5rem; }
h2 { border-bottom: 1px solid var(--line); font-size: 1.45rem; padding-bottom: .2rem; }
h3 { font-size: 1.15rem; }
h4 { font-size: 1rem; }
p { margin: .5rem 0; max-width: 45rem; }
ul, ol { padding-left: 1.4rem; }
li { margin: .15rem 0; }
article { border-left: 3px solid var(--line); margin: 1.5rem 0; padding-left: 1rem; }
article h3:first-child { margin-top: 0; }
:target { background: var(--tint); outline: 2px solid; outline-offset: .3rem; }
code, pre { font-family: ui-monospace, monospace; font-size: .875em; }
pre { background: var(--tint); overflow-wrap: anywhere; padding: .75rem; white-space: pre-wrap; }
.identity { margin: .1rem 0 .5rem; }
.module, .mark { border: 1px solid; border-radius: .2rem; font-size: .85em; padding: 0 .35em; white-space: nowrap; }
.mark { font-weight: bold; }
.place { font-size: .85em; }
dl { display: grid; gap: .3rem 1.25rem; grid-template-columns: 11rem minmax(0, 1fr); margin: .5rem 0; }
dt { font-weight: bold; }
dd { margin: 0; }
dd > ul, td > ul { margin: 0; padding-left: 1.1rem; }
.contents { background: var(--tint); padding: .1rem 1rem; }
.contents li, .columns li { break-inside: avoid; margin: 0; padding: .15rem 0; }
.contents ul, .columns { columns: 2 17rem; column-gap: 2rem; }
summary { cursor: pointer; }
table { border-collapse: collapse; margin: 1rem 0; width: 100%; }
caption { font-weight: bold; padding: .4rem 0; text-align: left; }
th, td { border: 1px solid var(--line); padding: .35rem .6rem; text-align: left; vertical-align: top; }
thead th { background: var(--tint); overflow-wrap: break-word; }
tbody th { font-weight: normal; min-width: 9rem; }
td { min-width: 7rem; }
td.number { min-width: 0; overflow-wrap: normal; text-align: right; white-space: nowrap; }
.scroll { overflow-x: auto; }
.short { font-weight: bold; }
figure { margin: 1rem 0; }
svg { display: block; font: 15px/20px system-ui, sans-serif; margin: 0; max-width: none; }
svg rect { fill: Canvas; stroke: CanvasText; stroke-width: 1.5; }
svg .outcome rect { stroke-width: 3; }
svg .instead rect { stroke-dasharray: 6 4; }
svg text { fill: CanvasText; }
svg a:hover text, svg a:focus text { text-decoration: underline; }
svg path { fill: none; stroke: CanvasText; stroke-width: 1.5; }
svg path.dashed { stroke-dasharray: 6 4; }
svg .arrow { fill: CanvasText; stroke: none; }
svg .answer { font-style: italic; }
.steps > li { margin: 1.25rem 0; }
.steps > li::marker { font-weight: bold; }
@media (max-width: 40rem) {
  dl { display: block; }
  dd { margin-bottom: .5rem; }
  td { min-width: 12rem; }
  article { padding-left: .6rem; }
  h1 { font-size: 1.5rem; }
  h2 { font-size: 1.25rem; }
}
@media print {
  body { font-size: 10pt; }
  header nav, .skip, .contents { display: none; }
  header, main, footer { max-width: none; padding: 0; }
  a { color: inherit; text-decoration: none; }
  h1, h2, h3, h4, caption, dt { break-after: avoid; }
  tr, li, figure, .identity { break-inside: avoid; }
  thead { display: table-header-group; }
  .scroll { overflow: visible; }
  svg { height: auto; max-height: 24cm; max-width: 100%; }
}
)";
}

}  // namespace duly::doc
