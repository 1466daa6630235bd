# What is installed, in the components webhook, lint, patch, collect and policies: `cmake --install build/package --component lint`.
include(GNUInstallDirs)
set(share ${CMAKE_INSTALL_DATAROOTDIR}/dotdiag)

# dotdiag_install_program(<component> <program> [DOCS <files...>]): the program with its pages, completions and documents.
function(dotdiag_install_program component program)
  cmake_parse_arguments(INSTALL "" "" "DOCS" ${ARGN})
  set(made ${PROJECT_BINARY_DIR}/manual/${program})
  install(TARGETS ${program} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT ${component})
  install(DIRECTORY ${made}/man/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT ${component})
  install(DIRECTORY ${made}/bash/ DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/bash-completion/completions COMPONENT ${component})
  install(DIRECTORY ${made}/zsh/ DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/zsh/vendor-completions COMPONENT ${component})
  install(DIRECTORY ${made}/fish/ DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/fish/vendor_completions.d COMPONENT ${component})
  install(FILES ${INSTALL_DOCS} DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/doc/dotdiag-${component} COMPONENT ${component})
endfunction()

dotdiag_install_program(webhook dotdiag-webhook DOCS docs/webhook.md docs/operations.md)
dotdiag_install_program(lint dotdiag-lint DOCS docs/lint.md docs/rules.md)
dotdiag_install_program(patch dotdiag-patch DOCS docs/patch.md)
dotdiag_install_program(patch kubectl-dotdiag)
dotdiag_install_program(collect dotdiag-collect DOCS docs/collect.md)
install(PROGRAMS ${PROJECT_BINARY_DIR}/manual/kubectl-dotdiag/bin/kubectl_complete-dotdiag
  DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT patch)

# For editors, which complete and check the files of settings by them.
install(FILES webhook/config.schema.json RENAME webhook-config.schema.json DESTINATION ${share} COMPONENT webhook)
foreach(schema IN ITEMS baseline config report)
  install(FILES linter/${schema}.schema.json RENAME lint-${schema}.schema.json DESTINATION ${share} COMPONENT lint)
endforeach()

# The programs have the policies built in: these are to begin one's own with.
install(DIRECTORY policies/ DESTINATION ${share}/policies COMPONENT policies
  FILES_MATCHING PATTERN "*.yaml" PATTERN "policy.schema.json")
install(FILES policies/README.md DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/doc/dotdiag-policies COMPONENT policies)

# What the service reads and how it is run name the places where they were installed.
set(made ${PROJECT_BINARY_DIR}/packages)
foreach(file IN ITEMS webhook.yaml dotdiag-webhook.service)
  configure_file(packages/webhook/${file}.in ${made}/${file} @ONLY)
endforeach()
set(settings ${CMAKE_INSTALL_FULL_SYSCONFDIR}/dotdiag)
install(FILES ${made}/webhook.yaml DESTINATION ${settings} COMPONENT webhook)
install(DIRECTORY DESTINATION ${settings}/tls COMPONENT webhook)
# Below lib whatever the architecture: there systemd looks.
install(FILES ${made}/dotdiag-webhook.service DESTINATION lib/systemd/system COMPONENT webhook)
