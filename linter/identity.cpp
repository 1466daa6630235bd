#include "linter/identity.hpp"

#include "core/policy/dotnet_signs.hpp"
#include "core/policy/targets.hpp"
#include "linter/sources/docker_image.hpp"
#include "linter/sources/languages.hpp"
#include "linter/well_known_images.hpp"

#include <optional>
#include <utility>

namespace dotdiag {
namespace {

using Evidence = std::optional<Identity>;

Evidence evidence(std::string_view language, std::string_view what, std::string_view name = {}) {
  if (language.empty() || language == dotnet_language) return std::nullopt;
  Identity identity;
  identity.language = language;
  identity.because = std::string(what) + std::string(name);
  return identity;
}

Evidence by_image(const ContainerView& container) {
  const std::string_view image = container.image();
  if (image.starts_with("ko://")) return evidence("Go", "the image ", image);
  if (auto found = evidence(language_of_image(image), "the image ", image)) return found;
  return is_well_known_product(image) ? evidence("a well-known product", "the image ", image) : std::nullopt;
}

Evidence by_command(const ContainerView& container) {
  std::vector<std::string> words;
  for (const char* field : {"command", "args"}) {
    for (const Json& word : items_member(*container.json, field))
      if (word.is_string()) words.push_back(word.get<std::string>());
  }
  return evidence(language_of_command(words), "its command");
}

Evidence by_variables(const ContainerView& container) {
  for (const Json& variable : items_member(*container.json, "env")) {
    const std::string_view name = text_member(variable, "name");
    if (auto found = evidence(language_of_variable(name), "the variable ", name)) return found;
  }
  return std::nullopt;
}

Evidence by_ports(const ContainerView& container) {
  for (const Json& port : items_member(*container.json, "ports")) {
    const Json* number = member(port, "containerPort");
    if (number == nullptr || !number->is_number_integer()) continue;
    if (auto found = evidence(software_at_port(number->get<int>()), "port ", number->dump())) return found;
  }
  return std::nullopt;
}

/// What the manifest says of something that is not .NET, the plainest first.
Identity by_manifest(const ContainerView& container) {
  for (const auto ask : {by_image, by_command, by_variables, by_ports})
    if (auto found = ask(container)) return *std::move(found);
  return {};
}

Identity by_sources(Program program) {
  Identity identity;
  identity.language = std::move(program.language);
  identity.because = std::move(program.where);
  identity.by_sources = true;
  if (identity.is_dotnet()) identity.facts = std::move(program.facts);
  return identity;
}

Identity identify(const PodView& pod, const ContainerView& container, const Sources& sources,
                  const std::string& manifest) {
  // An image that needs no telling is nobody's directory: `redis` is Redis, though there be a directory of that name.
  const bool says_dotnet = looks_like_dotnet(container) || is_named_as_dotnet(pod, container);
  if (is_well_known_product(container.image()) && !says_dotnet) return by_manifest(container);
  auto program = sources.program_of(container.image(), manifest);
  if (program && (!says_dotnet || program->language == dotnet_language)) return by_sources(*std::move(program));
  if (!says_dotnet) return by_manifest(container);
  Identity identity;
  identity.language = dotnet_language;
  identity.because = "the manifest";
  return identity;
}

}  // namespace

bool Identity::is_dotnet() const {
  return language == dotnet_language;
}

std::vector<Identity> identify(const PodView& pod, const Sources& sources, const std::string& manifest) {
  std::vector<Identity> identities;
  for (const ContainerView& container : application_containers(pod))
    identities.push_back(identify(pod, container, sources, manifest));
  return identities;
}

}  // namespace dotdiag
