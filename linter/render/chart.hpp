// Renders a Helm chart with `helm template`: without hooks, tests and network.
#pragma once

#include "linter/render/render_settings.hpp"
#include "linter/render/rendered.hpp"

#include <optional>
#include <string>

namespace dotdiag {

/// The directory of the chart that the file belongs to: it is its Chart.yaml, its values, or below its templates or
/// charts. Of charts inside each other the outermost, which renders them all. Nothing for other files.
std::optional<std::string> chart_of(const std::string& file);

/// What the chart in `directory` renders to.
Rendered render_chart(const std::string& directory, const RenderSettings& settings);

}  // namespace dotdiag
