// Each folder of testdata/mutations shows one request and the webhook's answer to it:
//   before.yaml    the object that comes in
//   old.yaml       the object as it was, which makes the request an UPDATE
//   request.yaml   other members of the request: operation, namespace, subResource, dryRun ...
//   settings.yaml  `trueMeans`: the policy that "true" stands for, as the path /mutate/<policy> chooses it
//   patch.json     the patch; none where nothing is changed
//   warnings.txt   what kubectl prints; none where it prints nothing
//   result.txt     what the webhook logs: the result, and why nothing was done
#include "tests/support/object_examples.hpp"
#include "tests/support/only_adds.hpp"
#include "tests/support/places.hpp"
#include "tests/support/review.hpp"

#include <catch2/catch.hpp>
#include <regex>
#include <set>

namespace dotdiag::test {
namespace {

Json optional_yaml(const std::filesystem::path& path) {
  return std::filesystem::exists(path) ? read_yaml(path) : Json();
}

Json review_in(const std::filesystem::path& folder) {
  const Json old_object = optional_yaml(folder / "old.yaml");
  Json review = make_review(read_yaml(folder / "before.yaml"), old_object.is_null() ? "CREATE" : "UPDATE", old_object);
  const Json changes = optional_yaml(folder / "request.yaml");
  if (changes.is_object()) review["request"].update(changes);
  return review;
}

AdmissionSettings settings_in(const std::filesystem::path& folder) {
  AdmissionSettings settings;
  const Json chosen =
      std::filesystem::exists(folder / "settings.yaml") ? read_yaml(folder / "settings.yaml") : Json::object();
  settings.true_means = chosen.value("trueMeans", settings.true_means);
  settings.by_default = chosen.value("byDefault", "");
  return settings;
}

std::string warnings_of(const Verdict& verdict) {
  std::string text;
  for (const Json& warning : verdict.response.value("warnings", Json::array())) {
    text += "Warning: " + warning.get<std::string>() + "\n";
  }
  return text;
}

bool overrides(const std::filesystem::path& folder) {
  return read_text(folder / "before.yaml").find("on-conflict: override") != std::string::npos;
}

void check_example(const std::filesystem::path& folder) {
  const Json review = review_in(folder);
  const AdmissionSettings settings = settings_in(folder);
  const AdmissionAnswer answer = answer_review(review.dump(), settings);
  const Verdict verdict = verify(review, answer);
  REQUIRE(verdict.fault == "");

  const std::string result = answer.result + (answer.reason.empty() ? "" : ": " + answer.reason) + "\n";
  const std::string patch = one_a_line(verdict.patch);
  const std::string warnings = warnings_of(verdict);
  CHECK(result == expected_text(folder / "result.txt", result));
  CHECK(patch == expected_text(folder / "patch.json", patch));
  CHECK(warnings == expected_text(folder / "warnings.txt", warnings));
  CHECK(warnings.find("...") == std::string::npos);  // each says all it has to say
  CHECK((overrides(folder) || only_adds(review.at("request").at("object"), verdict.object)));

  Json again = review;
  again["request"]["object"] = verdict.object;
  const Verdict second = ask(again, settings);
  CHECK(second.fault == "");
  CHECK(second.patch.is_null());
}

/// The names in the first column of the table of cases in docs/webhook.md.
std::set<std::string> documented_examples() {
  const std::string text = read_text(source_path("docs/webhook.md"));
  const std::regex link(R"(\(\.\./testdata/mutations/([a-z0-9-]+)\))");
  std::set<std::string> names;
  for (std::sregex_iterator match(text.begin(), text.end(), link); match != std::sregex_iterator(); ++match) {
    names.insert((*match)[1]);
  }
  return names;
}

}  // namespace

TEST_CASE("each example of a mutation gets the patch and the warnings that its folder says") {
  for (const auto& folder : folders_in("mutations")) {
    DYNAMIC_SECTION(folder.filename().string()) {
      check_example(folder);
    }
  }
}

TEST_CASE("the webhook's documentation lists each example of a mutation, and no other") {
  std::set<std::string> folders;
  for (const auto& folder : folders_in("mutations"))
    folders.insert(folder.filename().string());
  CHECK(documented_examples() == folders);
}

}  // namespace dotdiag::test
