// Mends the text of one file, document by document.
#pragma once

#include "core/document/document.hpp"
#include "core/edit/yaml_patch.hpp"
#include "linter/lint.hpp"
#include "linter/preview.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace dotdiag {

/// Collects a file's new text. Documents must be given in order.
///
/// Each document is patched as a text of its own: YAML shares nothing between documents, and reading the whole file
/// again for each of them would take time in proportion to its square.
///
/// What is written has been proved by two readers: the one that wrote it, and read_by_another(). What the second one
/// cannot read, before or behind, is decided by the first and counted.
class Rewrite {
 public:
  /// As patch_text: another one is for tests of what happens when it is wrong.
  using Patch = std::function<TextPatch(const std::shared_ptr<const Source>&, std::size_t, const Edits&)>;

  explicit Rewrite(std::shared_ptr<const Source> source, Patch patch = patch_text)
      : source_(std::move(source)), patch_(std::move(patch)) {}

  /// Mends the workloads in `linted`, which was made from `document`. The findings that are cured move to mended();
  /// those that are refused stay, no longer fixable, beside one that says why and what to paste.
  void fix(const Document& document, LintedDocument& linted);

  /// Tries the same and changes nothing: findings that fix() would refuse are no longer fixable, and say why.
  void foretell(const Document& document, LintedDocument& linted);

  /// Gives the first fixable finding of each workload the replacements that mend it. To be called behind foretell(),
  /// and like it changes no text.
  void show_fixes(const Document& document, LintedDocument& linted);
  /// What fix() would change for `workload` alone; nothing where it would refuse, or that is not worth finding out.
  std::vector<PreviewLine> preview(const Document& document, const JudgedWorkload& workload);

  /// How many of mended() only one reader could prove.
  std::size_t proved_by_one() const { return proved_by_one_; }
  const std::vector<Finding>& mended() const { return mended_; }
  /// The whole file's new text, without a byte order mark.
  std::string text() const;

 private:
  /// Carries out the edits of each workload, all or none of them, and hands each workload with what came of it to
  /// `told`. The new text of the document.
  template <typename Told>
  std::string mend(const Document& document, LintedDocument& linted, const Told& told);
  /// The text of `document` with the edits of `workload` alone; nothing where that is refused, or too long to find out.
  std::optional<std::string> mended_alone(const Document& document, const JudgedWorkload& workload);
  bool may_read_again(const Document& document, std::size_t times);
  void take_mended(JudgedWorkload& workload, bool proved_by_one);

  std::shared_ptr<const Source> source_;
  Patch patch_;
  std::string done_;            // the new text of ...
  std::size_t done_until_ = 0;  // ... the old one up to here
  std::vector<Finding> mended_;
  std::size_t proved_by_one_ = 0;
  /// Refusals are tried again, workload by workload and with the file's line numbers, while that stays a matter of
  /// seconds.
  std::size_t bytes_to_read_again_ = 32 << 20;
};

/// Says in `workload` why its fixable findings were not fixed; `snippet` is what to paste, and may be empty.
void refuse_fix(JudgedWorkload& workload, const std::string& why, const std::string& snippet);

}  // namespace dotdiag
