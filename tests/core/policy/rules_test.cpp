// Each folder of testdata/rules shows a rule: workloads on which it fires (fires.yaml), what it says there (fires.txt),
// and some much like them on which it does not (does-not-fire.yaml). Where it needs more, surroundings.yaml says where
// the workloads run, and fires.debugger.yaml and does-not-fire.debugger.yaml hold the debug containers for them.
#include "core/document/utf.hpp"
#include "core/policy/debugger.hpp"
#include "core/policy/opt_in.hpp"
#include "core/policy/rule.hpp"
#include "tests/support/object_examples.hpp"

#include <catch2/catch.hpp>

#include <cctype>
#include <set>

namespace dotdiag::test {
namespace {

Surroundings read_surroundings(const std::filesystem::path& file) {
  Surroundings surroundings;
  if (!std::filesystem::exists(file)) return surroundings;
  const Json settings = read_yaml(file);
  const auto text = [&](const char* key) { return std::string(text_member(settings, key)); };
  surroundings.pod_security = pod_security_named(text("podSecurity")).value_or(PodSecurity::unknown);
  surroundings.platform = platform_named(text("platform")).value_or(Platform::unknown);
  surroundings.kubernetes = Version::parse(text("kubernetesVersion"));
  surroundings.runtime = Version::parse(text("runtimeVersion"));
  for (const Json& claim : items_member(settings, "sharedClaims"))
    surroundings.claims[{"", claim.get<std::string>()}] = true;
  for (const Json& claim : items_member(settings, "ownClaims"))
    surroundings.claims[{"", claim.get<std::string>()}] = false;
  return surroundings;
}

/// What surroundings.yaml says in `images`, by reference: what the sources of an image would.
KnownImages read_images(const std::filesystem::path& file) {
  KnownImages images;
  if (!std::filesystem::exists(file)) return images;
  const Json settings = read_yaml(file);
  const Json* all = member(settings, "images");
  if (all == nullptr) return images;
  for (const auto& [reference, said] : all->items()) {
    ImageFacts& facts = images[reference];
    facts.where = text_member(said, "where");
    facts.base = text_member(said, "base");
    facts.runtime = Version::parse(text_member(said, "runtime"));
    if (const Json* user = member(said, "user")) facts.user = user->get<std::int64_t>();
    for (const Json& variable : items_member(said, "env"))
      facts.variables.push_back({variable.at("name"), variable.at("value"), variable.at("where")});
    for (const Json& word : items_member(said, "start"))
      facts.start.push_back(word);
    if (text_member(said, "publishing") == "single file") facts.publishing = ImageFacts::Publishing::single_file;
    if (text_member(said, "publishing") == "NativeAOT") facts.publishing = ImageFacts::Publishing::native_aot;
    facts.published_by = text_member(said, "publishedBy");
  }
  return images;
}

/// One example file: workloads, and the debuggers for them where the rule judges those.
class Example {
 public:
  Example(const std::filesystem::path& folder, const std::string& name)
      : surroundings_(read_surroundings(folder / "surroundings.yaml")),
        images_(read_images(folder / "surroundings.yaml")) {
    const std::filesystem::path file = folder / (name + ".yaml");
    for (Document& document : read_documents(std::make_shared<const Source>(file.string(), read_text(file)))) {
      if (document.error) throw std::runtime_error(document.error->what());
      const auto workload = as_workload(document.root);
      REQUIRE(workload);
      REQUIRE(read_opt_in(PodView(document.root, *workload), PolicySet::builtin()).invalid == "");
      documents_.push_back(std::move(document.root));
    }
    const std::filesystem::path beside = folder / (name + ".debugger.yaml");
    if (std::filesystem::exists(beside)) debuggers_ = read_yaml(beside);
  }

  const std::vector<Json>& documents() const { return documents_; }

  /// One line for each place where the rule fires on a workload: as its policies leave it if it opts in, else as it is
  /// written.
  std::string hazards(const Rule& rule) const {
    std::string text;
    for (const Json& document : documents_)
      text += hazards(rule, document);
    return text;
  }

  /// The same of another workload, where these are.
  std::string hazards(const Rule& rule, const Json& document) const {
    std::string text;
    for (const Hazard& hazard : check(rule, document, *as_workload(document)))
      text += line(rule, hazard);
    return text;
  }

 private:
  std::vector<Hazard> check(const Rule& rule, const Json& written, const Workload& workload) const {
    const PolicySet& known = PolicySet::builtin();
    const OptIn opt_in = read_opt_in(PodView(written, workload), known);
    if (!opt_in.invalid.empty()) return {};
    const bool is_in = opt_in.state == OptIn::State::in;
    const std::vector<const Policy*> default_policy = {known.find(default_policy_name)};
    const auto& policies = is_in ? opt_in.policies : default_policy;
    Json cured = written;
    const Evaluation evaluation = evaluate(policies, cured, workload, opt_in.choices);
    const PodView pod(is_in ? cured : written, workload);
    if (debuggers_.is_null()) return rule.check({pod, policies, evaluation, surroundings_, nullptr, &images_});

    std::vector<Hazard> hazards;
    for (const Debugger& debugger : find_debuggers(debuggers_)) {
      for (Hazard& hazard : rule.check({pod, policies, evaluation, surroundings_, &debugger, &images_}))
        hazards.push_back(std::move(hazard));
    }
    return hazards;
  }

  static std::string line(const Rule& rule, const Hazard& hazard) {
    const std::string severity(severity_name(hazard.severity.value_or(rule.severity)));
    std::string text = severity + ": " + hazard.at.text() + ": " + hazard.message + ": " + hazard.remedy;
    if (!hazard.instead_of.empty()) text += " (instead of " + hazard.instead_of + ")";
    if (!hazard.fix.empty()) text += is_safe(hazard.fix) ? " (fixable)" : " (unsafely fixable)";
    return text + "\n";
  }

  Surroundings surroundings_;
  KnownImages images_;
  std::vector<Json> documents_;
  Json debuggers_;
};

/// Calls `use` for each text of `part` with letters of two bytes at its beginning, behind its
/// first character and behind each that separates words.
template <typename Use>
void with_long_letters(Json& part, const Use& use) {
  if (part.is_structured()) {
    for (Json& inner : part)
      with_long_letters(inner, use);
  }
  if (!part.is_string()) return;
  const auto written = part.get<std::string>();
  std::string letters;
  for (int i = 0; i < 50; ++i)  // more than messages show of a value
    letters += "\u00e9";
  for (std::size_t at = 0; at <= written.size(); ++at) {
    if (at > 1 && std::isalnum(static_cast<unsigned char>(written[at - 1])) != 0) continue;
    part = std::string(written).insert(at, letters);
    use();
  }
  part = written;
}

}  // namespace

TEST_CASE("each rule fires where its example says, and not on the example beside it") {
  for (const Rule* rule : rules()) {
    DYNAMIC_SECTION(rule->id) {
      const auto folder = testdata("rules/" + std::string(rule->id));
      const std::string fires = Example(folder, "fires").hazards(*rule);
      CHECK(fires != "");
      CHECK(fires == expected_text(folder / "fires.txt", fires));
      CHECK(Example(folder, "does-not-fire").hazards(*rule) == "");
    }
  }
}

TEST_CASE("each folder of rule examples belongs to a rule") {
  for (const auto& folder : folders_in("rules"))
    CHECK(find_rule(folder.filename().string()) != nullptr);
}

TEST_CASE("rules are listed by id, and each says what is wrong, why it matters and what helps") {
  std::string last;
  for (const Rule* rule : rules()) {
    INFO(rule->id);
    CHECK(last < rule->id);
    last = rule->id;
    for (const auto text : {rule->summary, rule->why, rule->fix, rule->source})
      CHECK_FALSE(text.empty());
    CHECK(rule->source.substr(0, 8) == "https://");
  }
}

TEST_CASE("what a rule says of a text is never cut within a letter") {
  for (const Rule* rule : rules()) {
    INFO(rule->id);
    const Example example(testdata("rules/" + std::string(rule->id)), "fires");
    for (Json document : example.documents()) {
      Json& spec = document.at(Json::json_pointer(as_workload(document)->pod_spec.text()));
      with_long_letters(spec, [&] {
        const std::string said = example.hazards(*rule, document);
        INFO(said);
        REQUIRE(valid_utf8_prefix(said) == said.size());
      });
    }
  }
}

TEST_CASE("no rule minds what people write where something else belongs") {
  for (const char* odd : {"null", "7", "text", "[]", "{}", "[null]", "[7]", "[[]]", "[{}]", "[{name: 7, value: {}}]"}) {
    for (const char* member : {"containers", "initContainers", "volumes", "securityContext", "nodeSelector", "os",
                               "shareProcessNamespace", "ephemeralContainers", "runtimeClassName"}) {
      INFO(member << ": " << odd);
      const std::string text =
          std::string("apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  ") + member + ": " + odd + "\n";
      Json document = read_documents(std::make_shared<const Source>("odd", text)).at(0).root;
      const Workload workload = *as_workload(document);
      const std::vector<const Policy*> policies = {PolicySet::builtin().find(default_policy_name)};
      const Json written = document;
      const Evaluation evaluation = evaluate(policies, document, workload, {});
      check_rules({PodView(written, workload), policies, evaluation, Surroundings{}});
    }
    for (const char* member : {"env", "envFrom", "volumeMounts", "resources", "securityContext", "livenessProbe",
                               "lifecycle", "command", "args", "image", "ports"}) {
      INFO(member << ": " << odd);
      const std::string text = std::string(
                                   "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: "
                                   "app\n    image: mcr.microsoft.com/dotnet/monitor:8\n    ") +
                               member + ": " + odd + "\n";
      const auto documents = read_documents(std::make_shared<const Source>("odd", text));
      if (documents.at(0).error) continue;  // `image` twice
      Json document = documents.at(0).root;
      const Workload workload = *as_workload(document);
      const std::vector<const Policy*> policies = {PolicySet::builtin().find("dotnet-monitor")};
      const Json written = document;
      const Evaluation evaluation = evaluate(policies, document, workload, {});
      const PodView pod(written, workload);
      check_rules({pod, policies, evaluation, Surroundings{}});
      for (const Debugger& debugger : find_debuggers(written.at("spec").at("containers").at(0)))
        check_rules({pod, policies, evaluation, Surroundings{}, &debugger});
    }
  }
}

}  // namespace dotdiag::test
