# dep::imgui (core, FreeType, std::string widgets, test hooks; needs no window) and dep::imgui_glfw (GLFW + OpenGL 3).
# Built from Debian's source package: the packaged library knows no characters beyond U+FFFF, and people's names hold such
# characters. -DLX_IMGUI_DIR=<folder with imgui.h> takes another source tree.
lx_pkg(glfw glfw3)
lx_pkg(freetype freetype2)
lx_pkg(dbus dbus-1)
lx_pkg(gl gl)
find_path(LX_STB_INCLUDE stb_image_write.h PATH_SUFFIXES stb REQUIRED)
add_library(lx_dep_stb INTERFACE)
target_include_directories(lx_dep_stb SYSTEM INTERFACE ${LX_STB_INCLUDE})
add_library(dep::stb ALIAS lx_dep_stb)

set(LX_IMGUI_DIR "" CACHE PATH "source tree of Dear ImGui; empty: Debian's source package")
set(LX_IMGUI_LEAST 19010) # 1.90.1, the fallback, is the oldest the screens are tested with

# lx_imgui_version(DIR OUT): IMGUI_VERSION_NUM of a source tree, 0 when there is none.
function(lx_imgui_version dir out)
  set(version 0)
  if(EXISTS "${dir}/imgui.h" AND EXISTS "${dir}/imgui.cpp")
    file(STRINGS "${dir}/imgui.h" line REGEX "^#define IMGUI_VERSION_NUM")
    string(REGEX MATCH "[0-9]+" version "${line}")
  endif()
  set(${out} ${version} PARENT_SCOPE)
endfunction()

set(lx_imgui_dir "${LX_IMGUI_DIR}")
if(NOT lx_imgui_dir)
  execute_process(
    COMMAND ${CMAKE_CURRENT_LIST_DIR}/fetch_debian_source.sh ${LX_CACHE} imgui
            forky=1.92.2b+ds-1:e7bd201d56b5ee90d24d5dac85e5c12f98bdb95410252a62d27b7f89e4566d48
            forky sid
            trixie=1.90.1+ds-1:ecce377df0f90b292f15dcbd83d438bddc162b2388c881132bde18c787572a1c
    OUTPUT_VARIABLE lx_imgui_dir OUTPUT_STRIP_TRAILING_WHITESPACE)
endif()
lx_imgui_version("${lx_imgui_dir}" lx_imgui_found)
if(lx_imgui_found LESS LX_IMGUI_LEAST)
  message(FATAL_ERROR "Dear ImGui could not be had: give -DLX_IMGUI_DIR=<folder with imgui.h>, or build without the window by -DLX_GUI=OFF")
endif()
message(STATUS "Dear ImGui ${lx_imgui_found} in ${lx_imgui_dir}")

add_library(lx_dep_imgui STATIC ${lx_imgui_dir}/imgui.cpp ${lx_imgui_dir}/imgui_draw.cpp ${lx_imgui_dir}/imgui_tables.cpp
  ${lx_imgui_dir}/imgui_widgets.cpp ${lx_imgui_dir}/misc/freetype/imgui_freetype.cpp ${lx_imgui_dir}/misc/cpp/imgui_stdlib.cpp)
# IMGUI_ENABLE_TEST_ENGINE makes the core call four functions for each item drawn; they must sit in the same archive, or
# programs that do not name them fail to link.
if(EXISTS ${CMAKE_SOURCE_DIR}/client/ui/hooks.cpp)
  target_sources(lx_dep_imgui PRIVATE ${CMAKE_SOURCE_DIR}/client/ui/hooks.cpp)
endif()
target_include_directories(lx_dep_imgui SYSTEM PUBLIC ${lx_imgui_dir} ${lx_imgui_dir}/misc/cpp ${lx_imgui_dir}/misc/freetype)
target_include_directories(lx_dep_imgui PRIVATE ${CMAKE_SOURCE_DIR})
target_compile_definitions(lx_dep_imgui PUBLIC IMGUI_USE_WCHAR32 IMGUI_ENABLE_FREETYPE IMGUI_ENABLE_TEST_ENGINE
  IMGUI_DISABLE_OBSOLETE_FUNCTIONS IMGUI_DISABLE_DEMO_WINDOWS)
target_compile_options(lx_dep_imgui PRIVATE -w -O2 -g0)
target_link_libraries(lx_dep_imgui PUBLIC dep::freetype)
add_library(dep::imgui ALIAS lx_dep_imgui)

add_library(lx_dep_imgui_glfw STATIC ${lx_imgui_dir}/backends/imgui_impl_glfw.cpp ${lx_imgui_dir}/backends/imgui_impl_opengl3.cpp)
target_include_directories(lx_dep_imgui_glfw SYSTEM PUBLIC ${lx_imgui_dir}/backends)
target_compile_options(lx_dep_imgui_glfw PRIVATE -w -O2 -g0)
target_link_libraries(lx_dep_imgui_glfw PUBLIC lx_dep_imgui dep::glfw dep::gl ${CMAKE_DL_LIBS})
add_library(dep::imgui_glfw ALIAS lx_dep_imgui_glfw)
