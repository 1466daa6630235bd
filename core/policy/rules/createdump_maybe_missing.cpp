#include "core/policy/image.hpp"
#include "core/policy/rules/rules.hpp"
#include "core/policy/rules/settings.hpp"

#include <algorithm>
#include <cctype>

namespace dotdiag {
namespace {

/// True where `text` has `word` between characters that are no letters: `web-aot`, `9.0-noble-chiseled-aot`.
bool has_word(std::string_view text, std::string_view word) {
  const auto is_letter = [&](std::size_t at) {
    return at < text.size() && std::isalpha(static_cast<unsigned char>(text[at])) != 0;
  };
  for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    if ((at == 0 || !is_letter(at - 1)) && !is_letter(at + word.size())) return true;
  }
  return false;
}

/// What in the image's name says that there may be no createdump in it; empty where nothing does.
std::string_view hint(const Image& image) {
  const auto repository = image.name.substr(image.name.find_last_of('/') + 1);
  for (const std::string_view word : {"aot", "nativeaot"}) {
    if (has_word(repository, word) || has_word(image.tag, word)) return word;
  }
  const bool has_no_runtime = repository == "runtime-deps" || has_word(image.tag, "runtime-deps");
  return has_no_runtime ? "runtime-deps" : std::string_view{};
}

constexpr std::string_view none_possible = " and has no createdump before .NET 8: no dump is possible";

/// What is to be expected of an application that was published that way; from .NET 8 on a single file brings its own.
std::string published_message(const Subject& subject, const ContainerView& target, const ImageFacts& facts) {
  if (facts.publishing == ImageFacts::Publishing::usual) return {};
  const bool is_aot = facts.publishing == ImageFacts::Publishing::native_aot;
  const std::string how = named(target) + " is published " + (is_aot ? "with NativeAOT" : "as a single file") + " (" +
                          facts.published_by + ")";
  const auto runtime = runtime_version(subject, target);
  if (!is_aot && runtime && runtime->major >= 8) return how + ", which gives full dumps only";
  if (!is_aot && runtime) return how + std::string(none_possible);
  return how + ", so createdump may be missing and no dump be possible";
}

std::string message(const Subject& subject, const ContainerView& target) {
  if (const ImageFacts* facts = subject.facts_of(target); facts != nullptr) {
    if (std::string published = published_message(subject, target, *facts); !published.empty()) return published;
  }
  const auto found = hint(Image::parse(target.image()));
  if (found.empty()) return {};
  return "the image of " + named(target) + " says `" + std::string(found) +
         "`, so createdump may be missing and no dump be possible";
}

std::vector<Hazard> check(const Subject& subject) {
  std::vector<Hazard> hazards;
  for (const ContainerView& target : subject.targets()) {
    Hazard hazard;
    hazard.message = message(subject, target);
    if (hazard.message.empty()) continue;
    hazard.container = std::string(target.name());
    hazard.at = target.path / "image";
    hazard.remedy = "take a dump before you need one";
    if (hazard.message.ends_with(none_possible)) hazard.severity = Severity::warning;
    hazards.push_back(std::move(hazard));
  }
  return hazards;
}

}  // namespace

const Rule createdump_maybe_missing{
    "createdump-maybe-missing",
    Severity::note,
    Rule::Scope::pod,
    "the image may lack createdump, without which there are no dumps",
    "The runtime starts createdump, which stands beside it, to write a dump. Single-file applications before .NET "
    "8 have none: \"Problem launching createdump (may not have execute permissions): execve(./createdump) FAILED "
    "No such file or directory\". On .NET 9 the diagnostic socket is gone after that, and no tool finds the process "
    "any "
    "more. Newer single-file applications give full dumps only. An application compiled with NativeAOT has none "
    "either, until .NET 11 lets it "
    "bring its own.",
    "Try it: take a dump in a test environment. Publish the application as dependent on the framework, or "
    "self-contained but not as a single file.",
    "https://github.com/dotnet/runtime/blob/main/docs/design/coreclr/botr/xplat-minidump-generation.md",
    check,
};

}  // namespace dotdiag
