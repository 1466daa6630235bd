// The block that shows all that one container lacks:
//
//   web.yaml:16:11: error: `web` is not prepared for dotnet-dump: 2 of 6 prerequisites are missing
//      16 |         - name: web
//         |           ^^^^^^^^^
//         = error: the pod does not set shareProcessNamespace: true [share-process-namespace]
//         = warning: does not set TMPDIR=/tmp [tmpdir]
//         = --fix changes:
//      14 |     spec:
//         +       shareProcessNamespace: true
#pragma once

#include "linter/diagnosis.hpp"
#include "linter/report/terminal.hpp"

#include <string>
#include <vector>

namespace dotdiag {

class Block {
 public:
  /// `findings` are those of one diagnosis that are to be shown, at least one.
  explicit Block(std::vector<const Finding*> findings);

  /// All of it.
  void write(Terminal& terminal) const;
  /// One line, where `first`, another one of the same file, says the same in full.
  void write_like(const Block& first, Terminal& terminal) const;
  /// True where the other one says the same about its container.
  bool says_the_same(const Block& other) const;

 private:
  std::string headline() const;
  std::string line_of(const Finding& finding) const;

  std::vector<const Finding*> findings_;  // the worst first
  const Diagnosis& diagnosis_;
  Severity severity_;
  std::vector<std::string> lines_;  // one for each finding, without a word about which container it is
};

}  // namespace dotdiag
