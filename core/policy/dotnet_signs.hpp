// What in a manifest plainly says that a container runs .NET.
#pragma once

#include "core/document/pod_view.hpp"

namespace dotdiag {

/// True where image, variables or command of the container say .NET:
///   image      its path has the word dotnet, aspnet or aspnetcore: `.../dotnet/aspnet`, `shop/dotnet-orders`
///   variables  DOTNET_*, ASPNETCORE_*, COMPlus_*, CORECLR_*, what has _DOTNET_ in its name, settings written as .NET
///              reads them (`Logging__LogLevel__Default`), the worker of Azure Functions
///   command    `dotnet`, also behind a shell or an init, or a file that ends in .dll
bool looks_like_dotnet(const ContainerView& container);

/// True where an annotation has an agent for .NET injected into the pod: OpenTelemetry's operator, Datadog's and New
/// Relic's admission controllers, Elastic's attacher. Which container it is for they say, if at all, by name.
bool is_instrumented_as_dotnet(const PodView& pod);

/// The same for a container that such an annotation names.
bool is_named_as_dotnet(const PodView& pod, const ContainerView& container);

}  // namespace dotdiag
