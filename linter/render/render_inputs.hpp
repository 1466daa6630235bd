// Puts what charts and kustomizations render to in the place of the files that they are made of.
#pragma once

#include "linter/inputs.hpp"
#include "linter/render/render_settings.hpp"

#include <cstddef>
#include <vector>

namespace dotdiag {

/// `inputs` with one input for each chart and each kustomization among them (see Input::rendered), where its first file
/// was, instead of the files that it is made of. Those of a kustomization that could not be built stay, and are judged
/// as they are written; so are all of them with `keeps_resources`, which mends files. Renders up to `jobs` at the same
/// time.
std::vector<Input> render_inputs(std::vector<Input> inputs, const RenderSettings& settings, std::size_t jobs,
                                 bool keeps_resources);

}  // namespace dotdiag
