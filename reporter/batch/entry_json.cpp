#include "batch/entry_json.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "batch/core_names.hpp"
#include "batch/timestamp.hpp"
#include "pycore/text.hpp"

namespace pycore {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t max_line = 256 << 10;
constexpr std::size_t max_items = 64;

template <class Value>
Json optional_json(const std::optional<Value>& value)
{
    return value ? Json(*value) : Json(nullptr);
}

Json signature_json(const std::optional<EntrySignature>& signature)
{
    if (!signature) {
        return nullptr;
    }
    return {{"id", signature->id}, {"coarse_id", signature->coarse_id}, {"text", signature->text}};
}

// What is not as `to_json_line` writes it.
struct Unexpected {};

void expect(bool condition)
{
    if (!condition) {
        throw Unexpected{};
    }
}

std::string text_of(const Json& value)
{
    expect(value.is_string());
    auto text = value.get<std::string>();
    expect(is_printable(text));
    return text;
}

std::optional<std::string> optional_text_of(const Json& value)
{
    return value.is_null() ? std::nullopt : std::optional(text_of(value));
}

std::vector<std::string> texts_of(const Json& value)
{
    expect(value.is_array() && value.size() <= max_items);
    std::vector<std::string> texts;
    for (const Json& item : value) {
        texts.push_back(text_of(item));
    }
    return texts;
}

std::uint64_t count_of(const Json& value)
{
    expect(value.is_number_unsigned());
    return value.get<std::uint64_t>();
}

std::int32_t int_of(const Json& value)
{
    expect(value.is_number_integer());
    const auto number = value.get<std::int64_t>();
    expect(number >= INT32_MIN && number <= INT32_MAX);
    return static_cast<std::int32_t>(number);
}

std::int64_t time_of(const Json& value, std::optional<std::int64_t> (*parse)(std::string_view))
{
    const auto time = parse(text_of(value));
    expect(time.has_value());
    return *time;
}

TimeSource source_of(const Json& value)
{
    const std::string name = text_of(value);
    for (const TimeSource source :
         {TimeSource::xattr, TimeSource::file_name, TimeSource::abrt, TimeSource::mtime}) {
        if (name_of(source) == name) {
            return source;
        }
    }
    throw Unexpected{};
}

std::optional<EntrySignature> signature_of(const Json& value)
{
    if (value.is_null()) {
        return std::nullopt;
    }
    return EntrySignature{.id = text_of(value.at("id")),
                          .coarse_id = text_of(value.at("coarse_id")),
                          .text = text_of(value.at("text"))};
}

std::string status_of(const Json& value)
{
    std::string status = text_of(value);
    expect(status == "ok" || status == "partial" || status == "error");
    return status;
}

void read_core(BatchEntry& entry, const Json& json)
{
    entry.path = text_of(json.at("core"));
    entry.name = text_of(json.at("name"));
    entry.size = count_of(json.at("size"));
    entry.modified = time_of(json.at("mtime"), parse_utc_nanoseconds);
    entry.origin.time = time_of(json.at("time"), parse_utc_microseconds);
    entry.origin.time_source = source_of(json.at("time_source"));
    entry.origin.hostname = optional_text_of(json.at("hostname"));
}

void read_outcome(BatchEntry& entry, const Json& json)
{
    entry.status = status_of(json.at("status"));
    entry.exit_status = int_of(json.at("exit_status"));
    entry.error = optional_text_of(json.at("error"));
    entry.reports = texts_of(json.at("reports"));
    expect(std::ranges::all_of(entry.reports, is_report_name));
    expect(entry.error.has_value() == entry.reports.empty());
    entry.deadlocks = count_of(json.at("deadlocks"));
    entry.warnings = count_of(json.at("warnings"));
    entry.limits = texts_of(json.at("limits"));
    const Json& generator = json.at("generator");
    entry.tool_version = text_of(generator.at("version"));
    entry.options_key = text_of(generator.at("options"));
}

void read_crash(BatchEntry& entry, const Json& json)
{
    entry.kind = optional_text_of(json.at("kind"));
    entry.signal = optional_text_of(json.at("signal"));
    entry.summary = text_of(json.at("summary"));
    entry.signature = signature_of(json.at("signature"));
    entry.python_version = optional_text_of(json.at("python_version"));
    entry.command = optional_text_of(json.at("command"));
    entry.executable = optional_text_of(json.at("executable"));
    if (const Json& pid = json.at("pid"); !pid.is_null()) {
        entry.pid = int_of(pid);
    }
}

}  // namespace

std::string to_json_line(const BatchEntry& entry)
{
    const Json json = {
        {"core", entry.path},
        {"name", entry.name},
        {"size", entry.size},
        {"mtime", utc_nanoseconds(entry.modified)},
        {"time", utc_microseconds(entry.origin.time)},
        {"time_source", name_of(entry.origin.time_source)},
        {"hostname", optional_json(entry.origin.hostname)},
        {"status", entry.status},
        {"exit_status", entry.exit_status},
        {"error", optional_json(entry.error)},
        {"kind", optional_json(entry.kind)},
        {"signal", optional_json(entry.signal)},
        {"summary", entry.summary},
        {"signature", signature_json(entry.signature)},
        {"python_version", optional_json(entry.python_version)},
        {"command", optional_json(entry.command)},
        {"executable", optional_json(entry.executable)},
        {"pid", optional_json(entry.pid)},
        {"reports", entry.reports},
        {"deadlocks", entry.deadlocks},
        {"warnings", entry.warnings},
        {"limits", entry.limits},
        {"generator",
         {{"name", "pycore-report"},
          {"version", entry.tool_version},
          {"options", entry.options_key}}},
    };
    return json.dump(-1, ' ', true, Json::error_handler_t::replace) + '\n';
}

std::optional<BatchEntry> parse_json_line(std::string_view line)
{
    if (line.size() > max_line) {
        return std::nullopt;
    }
    try {
        const Json json = Json::parse(line);
        expect(json.is_object());
        BatchEntry entry;
        read_core(entry, json);
        read_outcome(entry, json);
        read_crash(entry, json);
        return entry;
    } catch (const Unexpected&) {
        return std::nullopt;
    } catch (const Json::exception&) {
        return std::nullopt;
    }
}

}  // namespace pycore
