#include "linter/explain.hpp"

#include "core/document/error.hpp"
#include "core/document/json.hpp"
#include "core/policy/symptom.hpp"
#include "core/policy/words.hpp"
#include "linter/catalogue.hpp"

#include <algorithm>
#include <iomanip>

namespace dotdiag {
namespace {

using From = CatalogueEntry::Origin;

constexpr std::size_t width = 100;

/// `text` in lines of at most `width` columns, each behind `indent`.
void write_wrapped(std::ostream& out, std::string_view text, std::string_view indent) {
  std::string line;
  for (const std::string_view word : split(text, ' ')) {
    if (!line.empty() && indent.size() + line.size() + 1 + word.size() > width) {
      out << indent << line << '\n';
      line.clear();
    }
    line += (line.empty() ? "" : " ") + std::string(word);
  }
  if (!line.empty()) out << indent << line << '\n';
}

std::string_view origin_name(From origin) {
  if (origin == From::rule) return "rule";
  return origin == From::requirement ? "requirement" : "linter";
}

void explain_entry(const CatalogueEntry& entry, std::ostream& out) {
  out << entry.id << " (" << severity_name(entry.severity) << "): " << entry.summary << "\n\n";
  write_wrapped(out, entry.why, "  ");
  out << "\nWhat to do:\n";
  write_wrapped(out, entry.fix, "  ");
  if (!entry.policies.empty()) out << "\nAsked for by: " << joined(entry.policies) << '\n';
  if (!entry.messages.empty()) out << "\nMessages it explains:\n";
  for (const std::string& message : entry.messages)
    write_wrapped(out, message, "  ");
  if (!entry.source.empty()) out << "\nSource: " << entry.source << '\n';
}

void explain_symptom(const Symptom& symptom, const std::vector<CatalogueEntry>& entries, std::ostream& out) {
  out << '"' << symptom.message << "\"\n  printed by " << symptom.printed_by << " (" << evidence_text(symptom.evidence)
      << ")\n\n";
  write_wrapped(out, symptom.cause, "  ");
  if (symptom.rules.empty()) out << "\n  No manifest shows it, so dotdiag-lint cannot find it.\n";
  if (!symptom.rules.empty()) out << "\nWhat dotdiag-lint looks for, the likeliest first (--explain tells more):\n";
  for (const auto id : symptom.rules) {
    const auto entry = std::find_if(entries.begin(), entries.end(), [&](const auto& one) { return one.id == id; });
    if (entry != entries.end()) out << "  " << entry->id << ": " << entry->summary << '\n';
  }
}

/// What somebody may have meant who named neither a rule nor a message.
std::string what_is_similar(const std::vector<CatalogueEntry>& entries, const std::string& subject) {
  const auto ids = similar_ids(entries, subject);
  if (!ids.empty()) return "did you mean " + joined(ids, " or ") + "?";
  std::string messages;
  for (const Symptom* symptom : similar_symptoms(subject))
    messages += "\n  " + std::string(symptom->message);
  return messages.empty() ? "see dotdiag-lint --rules" : "the nearest messages are:" + messages;
}

Json entry_json(const CatalogueEntry& entry) {
  return {
      {"id", entry.id},
      {"origin", origin_name(entry.origin)},
      {"severity", severity_name(entry.severity)},
      {"summary", entry.summary},
      {"why", entry.why},
      {"fix", entry.fix},
      {"source", entry.source},
      {"policies", entry.policies},
      {"messages", entry.messages},
  };
}

Json symptom_json(const Symptom& symptom) {
  return {{"message", symptom.message},
          {"printedBy", symptom.printed_by},
          {"evidence", evidence_text(symptom.evidence)},
          {"cause", symptom.cause},
          {"rules", symptom.rules}};
}

/// Text in a Markdown table.
std::string cell(std::string_view text) {
  std::string result;
  for (const char character : text)
    result += character == '|' || character == '*' ? std::string("\\") + character : std::string(1, character);
  return result;
}

void write_entries(const std::vector<CatalogueEntry>& entries, From origin, std::ostream& out) {
  for (const CatalogueEntry& entry : entries) {
    if (entry.origin != origin) continue;
    out << "\n### " << entry.id << "\n\n**" << severity_name(entry.severity) << "**: " << entry.summary << ".\n\n"
        << entry.why << "\n\n*What to do:* " << entry.fix << '\n';
    if (!entry.policies.empty()) out << "\n*Asked for by:* " << joined(entry.policies) << '\n';
    if (!entry.messages.empty()) out << "\n*Messages it explains:*\n\n";
    for (const std::string& message : entry.messages)
      out << "- `" << message << "`\n";
    if (!entry.source.empty()) out << "\n*Source:* <" << entry.source << ">\n";
  }
}

}  // namespace

void explain(const std::string& subject, const PolicySet& policies, std::ostream& out) {
  const std::vector<CatalogueEntry> entries = catalogue(policies);
  const auto entry = std::find_if(entries.begin(), entries.end(), [&](const auto& one) { return one.id == subject; });
  if (entry != entries.end()) return explain_entry(*entry, out);

  const std::vector<const Symptom*> found = find_symptoms(subject);
  if (!found.empty()) {
    for (std::size_t index = 0; index < found.size(); ++index) {
      if (index > 0) out << '\n';
      explain_symptom(*found[index], entries, out);
    }
    return;
  }
  throw InputError("--explain", {}, "neither a rule nor an error message that is known: " + subject,
                   what_is_similar(entries, subject));
}

void list_as_text(const PolicySet& policies, std::ostream& out) {
  const std::vector<CatalogueEntry> entries = catalogue(policies);
  std::size_t widest = 0;
  for (const CatalogueEntry& entry : entries)
    widest = std::max(widest, entry.id.size());
  for (const CatalogueEntry& entry : entries) {
    out << std::left << std::setw(static_cast<int>(widest) + 2) << entry.id << std::setw(9)
        << severity_name(entry.severity) << entry.summary << '\n';
  }
}

void list_as_json(const PolicySet& policies, std::ostream& out) {
  Json document = {{"version", 1}, {"rules", Json::array()}, {"messages", Json::array()}};
  for (const CatalogueEntry& entry : catalogue(policies))
    document["rules"].push_back(entry_json(entry));
  for (const Symptom& symptom : symptoms())
    document["messages"].push_back(symptom_json(symptom));
  out << document.dump(2) << '\n';
}

void list_as_markdown(const PolicySet& policies, std::ostream& out) {
  const std::vector<CatalogueEntry> entries = catalogue(policies);
  out << "# What dotdiag-lint finds\n\n"
         "Printed by `dotdiag-lint --rules --format markdown`; a test compares the two. `dotdiag-lint --explain ID` "
         "shows "
         "one entry, and `dotdiag-lint --explain \"MESSAGE\"` finds those behind an error message.\n\n"
         "Errors will not work or will break the application, warnings are likely to fail or unsafe, notes are good to "
         "know (shown with `--notes`).\n\n"
         "## From the error message to the cause\n\n"
         "A `*` stands for what differs. The last column says how the wording is known.\n\n"
         "| message | printed by | cause | look at | known from |\n|---|---|---|---|---|\n";
  for (const Symptom& symptom : symptoms()) {
    std::vector<std::string> links;
    for (const auto id : symptom.rules)
      links.push_back("[" + std::string(id) + "](#" + std::string(id) + ")");
    out << "| " << cell(symptom.message) << " | " << cell(symptom.printed_by) << " | " << cell(symptom.cause) << " | "
        << joined(links) << " | " << cell(evidence_text(symptom.evidence)) << " |\n";
  }
  out << "\n## Rules\n\nWhat goes wrong beyond what a policy can add.\n";
  write_entries(entries, From::rule, out);
  out << "\n## Requirements\n\nWhat the policies ask for; `--fix` and the webhook add it.\n";
  write_entries(entries, From::requirement, out);
  out << "\n## Files and documents\n";
  write_entries(entries, From::linter, out);
}

}  // namespace dotdiag
