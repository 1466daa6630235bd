// Reads a Dockerfile as far as it says what the image will be: stages, bases, users, variables, what is started.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

/// One instruction: `FROM golang:1.23 AS build` is {"FROM", "golang:1.23 AS build", 3}.
struct DockerInstruction {
  std::string name;  ///< in capitals
  std::string arguments;
  std::size_t line = 0;
};

/// A stage of a Dockerfile, its variables put in: `FROM ${BASE:-alpine}` has the base `alpine`.
struct DockerStage {
  /// `ENV NAME=value`.
  struct Variable {
    std::string name;
    std::string value;
    std::size_t line = 0;
  };
  std::string base;  ///< an image, or the name of an earlier stage; empty where an ARG without a default decides
  std::string name;  ///< what AS calls it, in small letters
  std::size_t line = 0;
  std::string user;  ///< of the last USER; empty where there is none
  std::vector<Variable> variables;
  std::vector<std::string> entrypoint;
  std::vector<std::string> command;
  std::vector<std::string> copied_from;  ///< the stages and images that COPY --from names
  std::vector<DockerInstruction> runs;   ///< its RUN instructions
};

/// The instructions of `text`: comments and here-documents left out, continued lines put together. Never fails: what is
/// no Dockerfile gives odd instructions, or none.
std::vector<DockerInstruction> docker_instructions(std::string_view text);

/// The stages, in order. `arguments` wins over the defaults of ARG (a build's `--build-arg`).
std::vector<DockerStage> docker_stages(std::string_view text, const std::map<std::string, std::string>& arguments = {});

}  // namespace dotdiag
