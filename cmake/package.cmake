# The Debian packages, one a component of cmake/install.cmake: ./dev package makes them with the preset `package`.
set(CPACK_GENERATOR DEB)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL webhook lint patch collect policies)
set(CPACK_COMPONENTS_GROUPING ONE_PER_GROUP)
set(CPACK_SET_DESTDIR ON)  # /etc is not below the prefix /usr
set(CPACK_STRIP_FILES ON)
set(CPACK_OUTPUT_FILE_PREFIX ${PROJECT_BINARY_DIR}/packages)

set(CPACK_PACKAGE_CONTACT "dotdiag maintainers <maintainers@dotdiag.io>")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

# dotdiag_package(<component> <section> <summary> <description>)
macro(dotdiag_package component section summary description)
  string(TOUPPER ${component} upper)
  set(CPACK_DEBIAN_${upper}_PACKAGE_NAME dotdiag-${component})
  set(CPACK_DEBIAN_${upper}_PACKAGE_SECTION ${section})
  set(CPACK_DEBIAN_${upper}_DESCRIPTION "${summary}\n${description}")
endmacro()

dotdiag_package(webhook admin "prepares .NET workloads on Kubernetes for diagnosis"
"A mutating admission webhook: workloads that opt in are given what
dotnet-dump and dotnet-monitor need when they are applied. With a systemd
service, which starts once it has a certificate; for a webhook outside of
the cluster. Inside, use the manifests.")
dotdiag_package(lint devel "finds Kubernetes workloads in which .NET cannot be diagnosed"
"Says in manifests, before anything is deployed, where and why a debugger
could not join a pod of a .NET service, and mends the files with their
comments and layout kept.")
dotdiag_package(patch admin "brings a .NET debugger into a running Kubernetes pod"
"Builds the ephemeral container that fits a given pod, or says why none can
work: as a patch, a script, a runbook, or at once with the kubectl plugin
kubectl-dotdiag.")
dotdiag_package(collect admin "takes dumps, heaps, stacks and traces of .NET processes"
"Asks a running .NET process over its diagnostic socket, without .NET, the
internet or a disk: types by their bytes, stacks by their threads, counters,
traces, dumps. One static program, which can be copied into any container.")
dotdiag_package(policies admin "policies of dotdiag, to begin your own with"
"What a pod must have to be diagnosable, as data. The programs of dotdiag
have these policies built in and need this package for nothing; it is for
who writes others.")

set(CPACK_DEBIAN_WEBHOOK_PACKAGE_DEPENDS adduser)
set(CPACK_DEBIAN_WEBHOOK_PACKAGE_CONTROL_EXTRA
  ${PROJECT_SOURCE_DIR}/packages/webhook/conffiles
  ${PROJECT_SOURCE_DIR}/packages/webhook/postinst
  ${PROJECT_SOURCE_DIR}/packages/webhook/postrm
  ${PROJECT_SOURCE_DIR}/packages/webhook/prerm
)
foreach(component IN ITEMS WEBHOOK LINT PATCH)
  set(CPACK_DEBIAN_${component}_PACKAGE_SUGGESTS dotdiag-policies)
endforeach()
# It is static on purpose.
set(CPACK_DEBIAN_COLLECT_PACKAGE_SHLIBDEPS OFF)
install(FILES packages/collect/lintian-overrides RENAME dotdiag-collect
  DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/lintian/overrides COMPONENT collect)
set(CPACK_DEBIAN_POLICIES_PACKAGE_ARCHITECTURE all)
set(CPACK_DEBIAN_POLICIES_PACKAGE_SHLIBDEPS OFF)

# Debian wants a changelog of its own form, compressed, in each package.
string(TIMESTAMP now "%a, %d %b %Y %H:%M:%S +0000" UTC)
set(changelog ${PROJECT_BINARY_DIR}/packages/changelog)
add_custom_command(
  OUTPUT ${changelog}.gz
  COMMAND awk -v version=${PROJECT_VERSION} -v maintainer=${CPACK_PACKAGE_CONTACT} -v date=${now}
    -f ${PROJECT_SOURCE_DIR}/packages/changelog.awk ${PROJECT_SOURCE_DIR}/CHANGELOG.md > ${changelog}
  COMMAND gzip --best --no-name --force ${changelog}
  DEPENDS ${PROJECT_SOURCE_DIR}/packages/changelog.awk ${PROJECT_SOURCE_DIR}/CHANGELOG.md
  VERBATIM
)
add_custom_target(changelog ALL DEPENDS ${changelog}.gz)
foreach(component IN LISTS CPACK_COMPONENTS_ALL)
  set(documents ${CMAKE_INSTALL_DATAROOTDIR}/doc/dotdiag-${component})
  install(FILES packages/copyright ${changelog}.gz DESTINATION ${documents} COMPONENT ${component})
endforeach()

include(CPack)
