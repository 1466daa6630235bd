#include "core/document/schema.hpp"

#include "core/document/json_reader.hpp"
#include "core/document/schema_problem.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

// Without this valijson ends the program where a schema is wrong.
#define VALIJSON_USE_EXCEPTIONS 1
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

namespace dotdiag {

namespace {

using Adapter = valijson::adapters::NlohmannJsonAdapter;

constexpr const char* schema_name = "schema";

/// Longer texts are refused: `pattern` is std::regex, which recurses for each character and would overflow the stack.
constexpr std::size_t longest_text = 4096;

std::optional<Pointer> too_long_text(const Json& value, const Pointer& path) {
  if (value.is_string() && value.get_ref<const std::string&>().size() > longest_text) return path;
  if (!value.is_structured()) return std::nullopt;
  for (const auto& [key, child] : value.items()) {
    if (auto found = too_long_text(child, path / key)) return found;
  }
  return std::nullopt;
}

/// valijson writes a path as `<root>`, `[requirements]`, `[0]`.
Pointer pointer_of(const std::vector<std::string>& context) {
  Pointer pointer;
  for (std::size_t i = 1; i < context.size(); ++i) {
    pointer = std::move(pointer) / std::string_view(context[i]).substr(1, context[i].size() - 2);
  }
  return pointer;
}

InputError error_at(const Document& document, const SchemaProblem& problem) {
  return document.source->error(offset_of(document, problem.at), problem.what, problem.remedy);
}

}  // namespace

struct Schema::State {
  Json text;
  nlohmann::json plain;  ///< the adapter takes no other, and the compiled schema refers to it
  valijson::Schema compiled;
};

Schema::Schema(std::string_view text) : state_(std::make_unique<State>()) {
  state_->text = read_json(text, schema_name);
  state_->plain = state_->text;
  try {
    valijson::SchemaParser(valijson::SchemaParser::kDraft7).populateSchema(Adapter(state_->plain), state_->compiled);
  } catch (const std::exception& error) {
    throw InputError(schema_name, {}, std::string("this is not a JSON Schema: ") + error.what());
  }
}

Schema::~Schema() = default;
Schema::Schema(Schema&&) noexcept = default;

void Schema::check(const Document& document) const {
  if (const auto path = too_long_text(document.root, {})) {
    const std::string what = "this text is longer than " + std::to_string(longest_text) + " bytes";
    throw error_at(document, {*path, what, "shorten it"});
  }
  const nlohmann::json plain = document.root;
  valijson::ValidationResults results;
  if (valijson::Validator().validate(state_->compiled, Adapter(plain), &results)) return;

  std::vector<SchemaProblem> problems;
  for (const auto& error : results) {
    if (auto problem = explain(state_->text, document.root, pointer_of(error.context))) problems.push_back(*problem);
  }
  if (problems.empty()) {
    const auto& error = *results.begin();
    throw error_at(document, {pointer_of(error.context), error.description, ""});
  }
  throw error_at(document, *std::min_element(problems.begin(), problems.end(), [&](const auto& a, const auto& b) {
                   return offset_of(document, a.at) < offset_of(document, b.at);
                 }));
}

}  // namespace dotdiag
