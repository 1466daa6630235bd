// A chart or a kustomization of a run, and what became of it.
#pragma once

#include "core/document/error.hpp"

#include <optional>
#include <string>
#include <vector>

namespace dotdiag {

struct Rendered {
  enum class Kind { chart, kustomization };
  enum class Outcome {
    rendered,
    no_tool,  ///< nothing in PATH renders it, or rendering is off
    no_need,  ///< a library chart renders to nothing by itself
    failed
  };
  Kind kind = Kind::chart;
  Outcome outcome = Outcome::rendered;
  std::string directory;      ///< as a person would write it: `charts/store`
  std::string file;           ///< its Chart.yaml or kustomization.yaml, likewise
  std::size_t templates = 0;  ///< of a chart: how many of its files the run came upon

  std::string text;                  ///< with Outcome::rendered
  std::string origins;               ///< of a kustomization: the directory that the places of its objects count from
  std::vector<std::string> patches;  ///< of a kustomization: the files that change its objects, the last one first

  std::string why;          ///< with Outcome::failed or no_tool: in words that follow "because" or the tool's name
  std::string failed_file;  ///< the file that the tool blames; empty where it names none
  Position failed_at;

  const char* what() const { return kind == Kind::chart ? "chart" : "kustomization"; }
};

}  // namespace dotdiag
