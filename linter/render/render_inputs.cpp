#include "linter/render/render_inputs.hpp"

#include "linter/in_order.hpp"
#include "linter/render/chart.hpp"
#include "linter/render/kustomization.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>

namespace dotdiag {
namespace {

using Outcome = Rendered::Outcome;

Input input_of(Rendered rendered) {
  Input input;
  input.path = rendered.file;
  input.bytes = std::make_shared<const std::string>(std::move(rendered.text));
  input.rendered = std::make_shared<const Rendered>(std::move(rendered));
  return input;
}

class Rendering {
 public:
  Rendering(const RenderSettings& settings, std::size_t jobs) : settings_(settings), jobs_(jobs) {}

  /// The first file of a chart gives way to the chart, the others to nothing.
  std::vector<Input> charts(std::vector<Input> inputs) {
    std::vector<std::string> directories;
    std::map<std::string, std::size_t> templates;
    std::vector<Input> others;
    for (Input& input : inputs) {
      const auto chart = input.problem.empty() && input.path != "-" ? chart_of(input.path) : std::nullopt;
      if (!chart) {
        others.push_back(std::move(input));
        continue;
      }
      if (templates.emplace(*chart, 0).second) {
        directories.push_back(*chart);
        places_.push_back(others.size());
        others.emplace_back();
      }
      templates[*chart] += input.in_chart;
    }
    render(directories.size(), [&](std::size_t index) { return render_chart(directories[index], settings_); });
    for (std::size_t index = 0; index < directories.size(); ++index) {
      rendered_[index].templates = templates[directories[index]];
      others[places_[index]] = input_of(std::move(rendered_[index]));
    }
    return others;
  }

  std::vector<Input> kustomizations(std::vector<Input> inputs) {
    Kustomizations all;
    for (const Input& input : inputs)
      if (input.problem.empty() && is_kustomization_file(input.path)) all.add(input.path);
    const std::vector<const Kustomization*> tops = all.tops();
    render(tops.size(), [&](std::size_t index) { return render_kustomization(*tops[index], all, settings_); });
    std::set<std::string> replaced;
    std::map<std::string, Rendered> by_file;
    for (std::size_t index = 0; index < tops.size(); ++index) {
      if (rendered_[index].outcome == Outcome::rendered) replaced.merge(all.files_of(*tops[index]));
      by_file.emplace(tops[index]->file, std::move(rendered_[index]));
    }
    std::vector<Input> kept;
    for (Input& input : inputs) {
      if (const auto top = by_file.find(input.path); top != by_file.end()) {
        const bool is_replaced = top->second.outcome == Outcome::rendered;
        kept.push_back(input_of(std::move(top->second)));
        if (is_replaced) continue;
      }
      if (!replaced.contains(input.path)) kept.push_back(std::move(input));
    }
    return kept;
  }

 private:
  template <typename Render>
  void render(std::size_t count, const Render& one) {
    rendered_.clear();
    for_each_in_order(count, jobs_, one, [&](Rendered rendered) {
      rendered_.push_back(std::move(rendered));
      return true;
    });
  }

  const RenderSettings& settings_;
  const std::size_t jobs_;
  std::vector<std::size_t> places_;
  std::vector<Rendered> rendered_;
};

}  // namespace

std::vector<Input> render_inputs(std::vector<Input> inputs, const RenderSettings& settings, std::size_t jobs,
                                 bool keeps_resources) {
  inputs = Rendering(settings, jobs).charts(std::move(inputs));
  if (keeps_resources) return inputs;
  return Rendering(settings, jobs).kustomizations(std::move(inputs));
}

}  // namespace dotdiag
