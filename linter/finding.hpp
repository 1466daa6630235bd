// One thing to tell a person about a manifest: what, where, how bad, and what to do.
#pragma once

#include "core/document/error.hpp"
#include "core/policy/severity.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dotdiag {

struct Diagnosis;

/// A stretch of a source line to show under a finding, cut where lines are very long.
struct Excerpt {
  std::string text;
  std::size_t column = 0;  ///< where the finding begins in `text`, 1-based, in code points
  std::size_t width = 0;   ///< how many code points to underline, at least 1; 0 where there is nothing to show
};

/// Where in a Source's text: byte offsets, end is one past the last.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Text to put in the place of what stands between two positions, for tools that show or make a fix themselves.
struct Replacement {
  Position begin;
  Position end;  ///< one past the last character; the same as `begin` where something is only put in
  std::string text;
};

/// Somebody decided that a finding is not to be shown.
struct Suppression {
  enum class Where { manifest, outside };  ///< outside: in the settings file or a baseline
  Where where = Where::manifest;
  std::string reason;  ///< as written there; may be empty
};

struct Finding {
  std::string file;
  std::optional<Span> span;  ///< on one line; nothing where the file as a whole is meant or could not be decoded
  Position begin;            ///< of `span`, see place(); line 0: the file as a whole
  Position end;
  std::size_t byte_column = 0;  ///< of `begin`, 1-based, for readers that count bytes
  Severity severity = Severity::error;
  std::string rule;     ///< a requirement's id, or one of ours: `parse-error`
  std::string message;  ///< one sentence without a full stop
  std::string origin;   ///< the template that helm says it came from; empty where `file` says that, or nothing does
  std::string remedy;   ///< an imperative without a full stop; may be empty
  std::string kind;     ///< the workload: `Deployment`; empty where none is meant
  std::string name_space;
  std::string name;
  std::string container;
  std::string pointer;            ///< RFC 6901, inside the document
  bool fixable = false;           ///< --fix would mend it
  bool unsafely_fixable = false;  ///< --fix would mend it with --unsafe-fixes
  std::string not_fixable;        ///< why --fix would refuse what it mends elsewhere; `remedy` says so too
  std::string paste;              ///< what to write by hand where --fix refused
  /// What mends the whole workload, on the first of its findings that are fixable, in as many pieces as it takes; only
  /// where a report asks for it.
  std::vector<Replacement> fix;
  std::optional<Replacement> whole_fix;  ///< the same in one piece, for tools that know no others
  bool not_processed = false;            ///< it is why something could not be read or written
  std::optional<Suppression> suppression;
  Excerpt excerpt;
  std::string policy;       ///< the policy that asks for what is missing here; empty for all else
  std::string requirement;  ///< its requirement, where `rule` is one that says better what is wrong with it
  std::shared_ptr<Diagnosis> diagnosis;  ///< of what this is a part; nothing where it stands alone

  /// The message with the origin, for who is not told it apart.
  std::string sentence() const { return message + (origin.empty() ? "" : " (from " + origin + ")"); }
};

}  // namespace dotdiag
