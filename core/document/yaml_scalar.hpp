// What a YAML scalar means to kubectl: the YAML 1.1 table of go-yaml v2 as sigs.k8s.io/yaml uses it.
#pragma once

#include "core/document/json.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace dotdiag {

/// The value of the plain (unquoted) scalar `text`:
/// `y yes true on` and their capitalised and upper-case forms, and their opposites, are booleans; nothing, `~` and
/// `null` are null; `12`, `0x1F`, `0o17`, `017`, `0b11`, `1_000` are integers, up to 64 bits; `1.5`, `.5`, `5.`, `1e3`,
/// `08` are floats, as are `.nan` and `.inf`. Everything else is a string: dates, `1:30`, `1e999`.
Json plain_scalar(std::string_view text);

/// The same where it is not a string; nothing where it is.
std::optional<Json> plain_scalar_unless_string(std::string_view text);

/// The value of a scalar with the tag `tag` (in full: `tag:yaml.org,2002:int`); nothing where `text` is no such value.
/// Tags that are not YAML's own leave a string, as in go-yaml.
std::optional<Json> tagged_scalar(std::string_view tag, std::string_view text);

/// A scalar's value as it comes out of sigs.k8s.io/yaml, which writes JSON text in between: 1.0 and 1e3 arrive as
/// integers. Nothing for NaN and infinities, which JSON does not have.
std::optional<Json> json_value(Json scalar);

/// The JSON key for a YAML key of value `scalar`: `on:` is "true", `010:` is "8", `1.50:` is "1.5".
/// Nothing where kubectl refuses it: null, and integers above 2^63-1.
std::optional<std::string> json_key(const Json& scalar);

/// True where `text`, written plain, would not be read back as that very string: it means something else (`on`, `1e3`),
/// or YAML's syntax is in the way. Errs on the side of quotes, so that the answer holds in block and in flow style.
bool needs_quotes(std::string_view text);

}  // namespace dotdiag
