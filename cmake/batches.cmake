# Preset dev compiles ten files of a target as one (CMAKE_UNITY_BUILD), since most of what a file costs is reading headers
# and instantiating what they hold. The other presets compile each file alone, which proves that it includes what it needs.
# Where by custom every file of a folder has a function of the same name, as each rule has its `check`, they stay alone:
# dotdiag_alone(<pattern>...), in the list file of their target.
function(dotdiag_alone)
  file(GLOB alone CONFIGURE_DEPENDS ${ARGN})
  set_source_files_properties(${alone} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()
