#include "sources/source_finder.hpp"

#include <algorithm>
#include <utility>

#include "pycore/text.hpp"

namespace pycore {

SourceFinder::SourceFinder(const FileSearch& search, const Limits& limits, Deadline& deadline)
    : files_(search, limits.max_source_bytes, deadline),
      deadline_(deadline),
      line_bytes_left_(limits.max_source_bytes)
{
}

void SourceFinder::check(const std::shared_ptr<const PythonCode>& code)
{
    lines_of(code);
}

SourceFinder::Lines& SourceFinder::lines_of(const std::shared_ptr<const PythonCode>& code)
{
    const auto [entry, added] = codes_.try_emplace(code.get());
    Lines& lines = entry->second;
    if (!added) {
        return lines;
    }
    lines.code = code;
    if (code->file.empty() || deadline_.passed()) {
        return lines;
    }
    if (Source* const registered = find_registered(*code)) {
        lines.source = registered;
        lines.match = SourceMatch::confirmed;
        return lines;
    }
    const auto [known, first] = sources_.try_emplace(code->file);
    lines.source = &known->second;
    if (first) {
        go_on(code->file, known->second);
    }
    lines.match = match(*code, known->second);
    return lines;
}

SourceFinder::Source* SourceFinder::find_registered(const PythonCode& code)
{
    for (const LineCache* const cache : caches_) {
        if (auto lines = cache->find_code(code)) {
            return &registered_.emplace_back(Source{.lines = *std::move(lines), .path = {}});
        }
    }
    return nullptr;
}

/// Moves on to the next place that has the file.
void SourceFinder::go_on(const std::string& file, Source& source)
{
    source.lines = nullptr;
    while (!source.lines && source.place < caches_.size() + files_.places()) {
        const std::size_t place = source.place++;
        if (place < caches_.size()) {
            source.lines = caches_[place]->find_file(file).value_or(nullptr);
        } else if (auto found = files_.open(file, place - caches_.size())) {
            source.path = std::move(found->path);
            source.lines = [text = std::move(found->text)](std::int32_t number) {
                return text->line(number);
            };
        }
    }
}

/// Goes on as long as nothing speaks for the place that was found.
SourceMatch SourceFinder::match(const PythonCode& code, Source& source)
{
    std::string refuted;
    while (source.lines) {
        const SourceMatch result = match_source(code, source.lines);
        source.confirmed = source.confirmed || result == SourceMatch::confirmed;
        if (result != SourceMatch::refuted) {
            return result;
        }
        refuted = source.path;
        if (source.confirmed) {
            break;
        }
        go_on(code.file, source);
    }
    if (!refuted.empty() && !std::exchange(source.refuted, true)) {
        note(code, refuted);
    }
    source.refuted = true;
    return SourceMatch::refuted;
}

void SourceFinder::note(const PythonCode& code, const std::string& path)
{
    gaps_.push_back({.code = "source-differs",
                     .message = to_valid_utf8(path) + " is not what the process ran: " +
                                (code.name == "<lambda>" ? "a lambda" : code.name) +
                                " is not on line " + std::to_string(code.first_line),
                     .address = std::nullopt,
                     .thread = std::nullopt,
                     .data_lost = false});
}

std::shared_ptr<const SourceLine> SourceFinder::find(const std::shared_ptr<const PythonCode>& code,
                                                     const SourcePosition& position)
{
    Lines& lines = lines_of(code);
    const bool doubtful = lines.source != nullptr && lines.source->refuted;
    if (!position.line || lines.source == nullptr || !lines.source->lines ||
        lines.match == SourceMatch::refuted || (lines.match == SourceMatch::open && doubtful)) {
        return nullptr;
    }
    const auto [entry, added] = lines.known.try_emplace(*position.line);
    if (added) {
        entry->second = read(lines, *position.line);
    }
    const bool fits = entry->second && columns_fit(position, entry->second->text);
    return fits ? entry->second : nullptr;
}

std::shared_ptr<const SourceLine> SourceFinder::read(const Lines& lines, std::int32_t number)
{
    auto text = deadline_.passed() ? std::nullopt : lines.source->lines(number);
    if (!text) {
        return nullptr;
    }
    if (text->size() > line_bytes_left_) {
        cut_ = true;
        return nullptr;
    }
    line_bytes_left_ -= text->size();
    return std::make_shared<const SourceLine>(
        SourceLine{.text = *std::move(text), .from_process = lines.source->path.empty()});
}

}  // namespace pycore
