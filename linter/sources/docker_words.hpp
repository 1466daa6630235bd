// The words in a line of a Dockerfile or of a shell: quotes, and variables put in.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

using DockerVariables = std::map<std::string, std::string, std::less<>>;

/// `text` with `$NAME`, `${NAME}`, `${NAME:-default}` and `${NAME:+other}` put in; names that are not known become
/// empty.
std::string put_in(std::string_view text, const DockerVariables& variables);

/// The words of `text`, quotes removed. A quote that does not end ends with the text.
std::vector<std::string> shell_words(std::string_view text);

/// ENTRYPOINT and CMD: the words of a JSON array, else those that the shell would see.
std::vector<std::string> command_words(std::string_view text);

}  // namespace dotdiag
