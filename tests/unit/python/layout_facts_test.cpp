#include "support/layout_facts.hpp"

#include <algorithm>
#include <set>

#include "python/layout_members.hpp"
#include "support/catch.hpp"

using pycore::Field;
using pycore::Flavour;
using pycore::Layout;
using pycore::LayoutSet;
using pycore::PythonVersion;
using pycore::test::Build;
using pycore::test::Facts;

namespace {

const std::filesystem::path facts_dir = PYCORE_FACTS_DIR;

// What a table says beside offsets holds for all builds of a minor version.
void add_meanings(Build& build, const std::vector<Build>& meanings)
{
    for (const Build& meaning : meanings) {
        if (meaning.version.minor == build.version.minor) {
            build.facts.insert(meaning.facts.begin(), meaning.facts.end());
        }
    }
}

std::vector<Build> all_builds()
{
    const auto meanings = pycore::test::read_builds(facts_dir / "meanings.txt");
    std::vector<Build> all;
    for (const Build& meaning : meanings) {
        for (Build& build :
             pycore::test::read_builds(facts_dir / ("cpython-" + meaning.name + ".txt"))) {
            add_meanings(build, meanings);
            all.push_back(build);
        }
    }
    return all;
}

const Layout& table_of(const Build& build)
{
    const auto choice =
        pycore::choose_layout(pycore::all_layout_sets(), build.version, build.flavour);
    REQUIRE(choice);
    REQUIRE_FALSE(choice->extrapolated);
    return *choice->layout;
}

template <class T>
void spoil(Field<T>& field)
{
    field.offset = field.exists() ? field.offset + 1 : 0;
}

template <class T>
void spoil(T& value)
{
    value = static_cast<T>(value == T{} ? 1 : 0);
}

struct Spoiler {
    std::size_t which;
    std::size_t next = 0;
    std::string name = {};

    void operator()(std::string_view group, std::string_view member, auto& value)
    {
        if (next++ == which) {
            spoil(value);
            name = std::string(group) + '.' + std::string(member);
        }
    }
};

struct Anything {
    template <class T>
    operator T() const;  // NOLINT(google-explicit-constructor)
};

// How many members an aggregate has: the most initializers it takes.
template <class T, class... Given>
consteval std::size_t member_count()
{
    if constexpr (requires { T{Given{}..., Anything{}}; }) {
        return member_count<T, Given..., Anything>();
    } else {
        return sizeof...(Given);
    }
}

std::size_t facts_named(const Facts& facts, const std::string& group)
{
    return static_cast<std::size_t>(std::ranges::count_if(
        facts, [&group](const auto& fact) { return fact.first.starts_with(group + '.'); }));
}

}  // namespace

TEST_CASE("every table agrees with what was measured", "[layouts]")
{
    for (const Build& build : all_builds()) {
        INFO(build.name);
        for (const auto& difference : pycore::test::differences(table_of(build), build.facts)) {
            FAIL_CHECK(difference);
        }
    }
}

TEST_CASE("every member of a table has a fact", "[layouts]")
{
    for (const Build& build : all_builds()) {
        INFO(build.name);
        for (const auto& [member, fact] : pycore::test::facts_of(table_of(build))) {
            INFO(member);
            CHECK(build.facts.contains(member));
        }
    }
}

TEST_CASE("a table that is wrong in any one member contradicts its facts", "[layouts]")
{
    for (const Build& build : all_builds()) {
        const std::size_t members = pycore::test::facts_of(table_of(build)).size();
        for (std::size_t which = 0; which < members; ++which) {
            Layout wrong = table_of(build);
            Spoiler spoiler{which};
            pycore::visit_members(spoiler, wrong);
            const auto found = pycore::test::differences(wrong, build.facts);
            INFO(build.name << ' ' << spoiler.name);
            REQUIRE(found.size() == 1);
            REQUIRE(found.front().starts_with(spoiler.name + ':'));
        }
    }
}

TEST_CASE("a table was measured on the first and the last version it says", "[layouts]")
{
    std::set<std::pair<PythonVersion, bool>> measured;
    for (const Build& build : all_builds()) {
        measured.emplace(build.version, build.flavour.debug);
    }
    for (const LayoutSet* set : pycore::all_layout_sets()) {
        for (const Layout& layout : set->layouts) {
            INFO(int{layout.since.minor} << '.' << int{layout.since.micro});
            CHECK(measured.contains({layout.since, layout.flavour.debug}));
            CHECK(measured.contains({layout.measured_to, layout.flavour.debug}));
        }
    }
}

TEST_CASE("visit_members leaves no member out", "[layouts]")
{
    const Facts facts = pycore::test::facts_of(Layout{});
    CHECK(facts_named(facts, "runtime") == member_count<pycore::RuntimeLayout>());
    CHECK(facts_named(facts, "interpreter") == member_count<pycore::InterpreterLayout>());
    CHECK(facts_named(facts, "thread") == member_count<pycore::ThreadLayout>());
    CHECK(facts_named(facts, "cframe") == member_count<pycore::CFrameLayout>());
    CHECK(facts_named(facts, "frame") == member_count<pycore::FrameLayout>());
    CHECK(facts_named(facts, "code") == member_count<pycore::CodeLayout>());
    CHECK(facts_named(facts, "generator") == member_count<pycore::GeneratorLayout>());
    CHECK(facts_named(facts, "object") == member_count<pycore::ObjectLayout>());
    CHECK(facts_named(facts, "type") == member_count<pycore::TypeLayout>());
    CHECK(facts_named(facts, "instance") == member_count<pycore::InstanceLayout>());
    CHECK(facts_named(facts, "text") == member_count<pycore::TextLayout>());
    CHECK(facts_named(facts, "bytes") == member_count<pycore::BytesLayout>());
    CHECK(facts_named(facts, "integer") == member_count<pycore::IntegerLayout>());
    CHECK(facts_named(facts, "tuple") == member_count<pycore::SequenceLayout>());
    CHECK(facts_named(facts, "list") == member_count<pycore::SequenceLayout>());
    CHECK(facts_named(facts, "dict") == member_count<pycore::DictLayout>());
    CHECK(facts_named(facts, "ordered_dict") == member_count<pycore::OrderedDictLayout>());
    CHECK(facts_named(facts, "dict_keys") == member_count<pycore::DictKeysLayout>());
    CHECK(facts_named(facts, "dict_values") == member_count<pycore::DictValuesLayout>());
    CHECK(facts_named(facts, "module") == member_count<pycore::ModuleLayout>());
    CHECK(facts_named(facts, "floating") == member_count<pycore::FloatLayout>());
    CHECK(facts_named(facts, "byte_array") == member_count<pycore::ByteArrayLayout>());
    CHECK(facts_named(facts, "set") == member_count<pycore::SetLayout>());
    CHECK(facts_named(facts, "slice") == member_count<pycore::SliceLayout>());
    CHECK(facts_named(facts, "function") == member_count<pycore::FunctionLayout>());
    CHECK(facts_named(facts, "exception_item") == member_count<pycore::ExceptionItemLayout>());
    CHECK(facts_named(facts, "exception") == member_count<pycore::ExceptionLayout>());
    CHECK(facts_named(facts, "exception_group") == member_count<pycore::ExceptionGroupLayout>());
    CHECK(facts_named(facts, "os_error") == member_count<pycore::OsErrorLayout>());
    CHECK(facts_named(facts, "import_error") == member_count<pycore::ImportErrorLayout>());
    CHECK(facts_named(facts, "syntax_error") == member_count<pycore::SyntaxErrorLayout>());
    CHECK(facts_named(facts, "traceback") == member_count<pycore::TracebackLayout>());
    CHECK(facts_named(facts, "frame_object") == member_count<pycore::FrameObjectLayout>());
    CHECK(facts_named(facts, "cell") == member_count<pycore::CellLayout>());
    CHECK(facts_named(facts, "method") == member_count<pycore::MethodLayout>());
    CHECK(facts_named(facts, "builtin") == member_count<pycore::BuiltinLayout>());
    CHECK(facts_named(facts, "descriptor") == member_count<pycore::DescriptorLayout>());
    CHECK(facts_named(facts, "member_descriptor") ==
          member_count<pycore::MemberDescriptorLayout>());
    CHECK(facts_named(facts, "weak_reference") == member_count<pycore::WeakReferenceLayout>());
    CHECK(facts_named(facts, "gil") == member_count<pycore::GilLayout>());
    // The 40 groups above, `opcodes`, `since`, `measured_to` and `flavour`.
    CHECK(member_count<Layout>() == 40 + 4);
}
