# dotdiag_heap(<executable>): links mimalloc in the place of the C library's malloc, whose small blocks cost a review and a
# linted file a fifth of their time. Sanitizers bring a heap of their own.
if(NOT DOTDIAG_SANITIZE)
  find_package(mimalloc REQUIRED)
endif()

function(dotdiag_heap target)
  if(DOTDIAG_SANITIZE)
    return()
  endif()
  target_compile_definitions(${target} PRIVATE DOTDIAG_MIMALLOC)
  # Hardly anything of ours calls it by name: a linker that drops libraries without use would drop it.
  target_link_libraries(${target} PRIVATE -Wl,--push-state,--no-as-needed mimalloc -Wl,--pop-state)
endfunction()
