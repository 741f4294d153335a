#include "report/json_parts.hpp"

namespace pycore {
namespace {

using Shape = JsonWriter::Shape;

}  // namespace

void write_signature(JsonWriter& out, const std::optional<Signature>& signature)
{
    out.key("signature");
    if (!signature) {
        out.null();
        return;
    }
    out.open_object(Shape::block);
    out.member("id", signature->id);
    out.member("coarse_id", signature->coarse_id);
    out.member("text", signature->text);
    out.key("components");
    out.open_array(Shape::block);
    for (const SignatureComponent& component : signature->components) {
        out.open_object(Shape::line);
        out.member("part", name_of(component.part));
        out.member("text", component.text);
        out.close_object();
    }
    out.close_array();
    out.member("version", signature->version);
    out.member("confidence", name_of(signature->confidence));
    out.key("notes");
    out.open_array(Shape::block);
    for (const std::string& note : signature->notes) {
        out.text(note);
    }
    out.close_array();
    out.close_object();
}

}  // namespace pycore
