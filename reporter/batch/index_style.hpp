#pragma once

#include <string_view>

namespace pycore {

/// The style sheet of `index.html`. Every color pair has a contrast of at least 4.5.
inline constexpr std::string_view index_style = R"(
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --paper: #fff; --band: #f3f5f7;
  --line: #d0d7de; --link: #0a58b5; --bad: #a40e26; }
@media (prefers-color-scheme: dark) { :root { --ink: #e2e6ea; --soft: #9aa5b1; --paper: #14171b;
  --band: #1d2228; --line: #363d46; --link: #7ab7ff; --bad: #ff9494; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem clamp(.75rem, 3vw, 2.5rem) 3rem; max-width: 90rem;
  background: var(--paper); color: var(--ink); font: 15px/1.45 system-ui, sans-serif; }
h1 { font-size: 1.45rem; margin: .5rem 0 .25rem; }
h2 { font-size: 1.1rem; margin: 2.25rem 0 .5rem; }
h3 { font: 600 .95rem/1.45 ui-monospace, monospace; margin: 1.75rem 0 .25rem; }
h3, td, li { overflow-wrap: anywhere; }
p { margin: .25rem 0; }
.soft { color: var(--soft); }
.bad { color: var(--bad); }
a { color: var(--link); }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0; }
caption { text-align: left; color: var(--soft); padding: .25rem 0; }
th, td { text-align: left; vertical-align: top; padding: .3rem .75rem .3rem 0;
  border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 600; }
td.crash, td.core { font-family: ui-monospace, monospace; font-size: .88rem; }
td.time, td.count, td.links { white-space: nowrap; font-variant-numeric: tabular-nums; }
td.names { min-width: 9ch; overflow-wrap: break-word; }
td.links a { margin-right: .75rem; }
summary { cursor: pointer; padding: .15rem 0; }
.skip, .unseen { position: absolute; left: -99rem; }
.skip:focus { left: .75rem; top: .5rem; background: var(--paper); padding: .5rem; }
@media (max-width: 48rem) {
  table, tbody, tr, td, caption { display: block; }
  thead { position: absolute; left: -99rem; }
  tr { border-bottom: 1px solid var(--line); padding: .4rem 0; }
  td { border: 0; padding: .05rem 0; }
  td.time, td.count, td.links { white-space: normal; }
  td[data-label]::before { content: attr(data-label) " "; color: var(--soft); }
}
@media print { .skip { display: none; } a { color: inherit; } }
)";

}  // namespace pycore
