// The numbers of YAML 1.1 as go-yaml v2 reads them, by Go's strconv.
#pragma once

#include "core/document/json.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace dotdiag {

/// The integer or float that `text` spells. It must not be empty.
/// Source: sigs.k8s.io/yaml, goyaml.v2/resolve.go; strconv.ParseInt and ParseUint with base 0, strconv.ParseFloat.
std::optional<Json> yaml_number(std::string_view text);

/// `value` in Go's format for float keys: strconv.FormatFloat(value, 'g', -1, 32).
std::string float_key(double value);

}  // namespace dotdiag
