# lx_embed(TARGET NAMESPACE FILES...): each file becomes bytes of the program, found by its path from the root.
function(lx_embed target)
  cmake_parse_arguments(A "" "" "FILES" ${ARGN})
  set(out ${CMAKE_CURRENT_BINARY_DIR}/${target}.cpp)
  set(absolute "")
  foreach(f ${A_FILES})
    list(APPEND absolute ${CMAKE_SOURCE_DIR}/${f})
  endforeach()
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} "-DOUT=${out}" "-DROOT=${CMAKE_SOURCE_DIR}" "-DNAME=${target}" "-DFILES=${A_FILES}"
            -P ${CMAKE_SOURCE_DIR}/cmake/embed.cmake
    DEPENDS ${absolute} ${CMAKE_SOURCE_DIR}/cmake/embed.cmake VERBATIM)
  add_library(${target} STATIC ${out})
  target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR})
endfunction()
