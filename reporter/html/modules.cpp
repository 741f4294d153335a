#include <string>

#include "html/html_report.hpp"
#include "view/words.hpp"

namespace pycore::html {
namespace {

constexpr std::size_t room = 300'000;

std::string_view role_of(const ModuleDescription& module)
{
    return module.interpreter        ? "CPython"
           : module.executable       ? "executable"
           : module.python_extension ? "extension"
                                     : "";
}

void write_module(Page& page, const ModuleDescription& module)
{
    page.markup("<tr><th scope=\"row\">").text(module.path);
    if (module.package) {
        page.markup(" <span class=\"note\">").text(*module.package).markup("</span>");
    }
    page.markup("</th><td>").markup(role_of(module)).markup("</td><td class=\"fixed\">");
    page.markup(hex(module.range.low().value)).markup("</td><td>");
    page.text(module.build_id.value_or("")).markup("</td><td>");
    page.markup(!module.found ? "not found" : *module.found == module.path ? "there" : "");
    if (module.found && *module.found != module.path) {
        page.text(*module.found);
    }
    page.markup("</td></tr>\n");
}

void write_names(Page& page, const std::vector<ImportedModule>& modules)
{
    page.markup("<ul class=\"words\">\n");
    for (const ImportedModule& module : modules) {
        if (page.full()) {
            page.markup("<li class=\"note\">[more of them in the JSON]</li>\n");
            break;
        }
        page.markup("<li>").text(module.name, 200);
        if (module.version || module.distribution) {
            page.markup(" <span class=\"note\">");
            page.text(module.version ? *module.version : *module.distribution, 200);
            page.markup("</span>");
        }
        page.markup("</li>\n");
    }
    page.markup("</ul>\n");
}

}  // namespace

void write_modules(Page& page, const View& view)
{
    const Snapshot& snapshot = view.snapshot();
    if (!snapshot.list_modules || snapshot.modules.empty()) {
        return;
    }
    const Allowance allowance(page, room);
    page.markup("<section id=\"modules\" aria-labelledby=\"h-modules\">\n");
    page.markup("<h2 id=\"h-modules\">Modules</h2>\n<details><summary>");
    page.markup(counted(snapshot.modules.size(), "mapped ELF file"))
        .markup("</summary>\n<table>\n");
    page.markup("<caption>By address; the last column says where its file was read from</caption>");
    page.markup("\n<thead><tr><th scope=\"col\">File</th><th scope=\"col\">Role</th>");
    page.markup("<th scope=\"col\">Address</th><th scope=\"col\">Build id</th>");
    page.markup("<th scope=\"col\">Found</th></tr></thead>\n<tbody>\n");
    std::size_t told = 0;
    for (; told < snapshot.modules.size() && !page.full(); ++told) {
        write_module(page, snapshot.modules[told]);
    }
    page.markup("</tbody></table></details>\n");
    if (told < snapshot.modules.size()) {
        page.markup("<p class=\"note\">").number(snapshot.modules.size() - told);
        page.markup(" more in the JSON</p>\n");
    }
    page.markup("</section>\n");
}

void write_python_modules(Page& page, const View& view)
{
    const Allowance allowance(page, room);
    bool begun = false;
    for (const Interpreter& interpreter : view.snapshot().interpreters) {
        if (!interpreter.modules || interpreter.modules->list.empty() || page.full()) {
            continue;
        }
        if (!begun) {
            page.markup("<section id=\"python-modules\" aria-labelledby=\"h-python-modules\">\n");
            page.markup("<h2 id=\"h-python-modules\">Python modules</h2>\n");
            begun = true;
        }
        page.markup("<details><summary>Imported by interpreter ");
        page.markup(std::to_string(interpreter.id)).markup("</summary>\n");
        write_names(page, interpreter.modules->list);
        page.markup(interpreter.modules->complete
                        ? ""
                        : "<p class=\"note\">[not all of them could be read]</p>\n");
        page.markup("</details>\n");
    }
    page.markup(begun ? "</section>\n" : "");
}

}  // namespace pycore::html
