# Every library from outside under one name, dep::x, so that a folder's CMakeLists tells what it may use.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)

function(lx_pkg alias)
  pkg_check_modules(${alias} REQUIRED IMPORTED_TARGET ${ARGN})
  add_library(dep::${alias} ALIAS PkgConfig::${alias})
endfunction()

lx_pkg(sodium libsodium)
lx_pkg(zstd libzstd)
lx_pkg(curl libcurl)
lx_pkg(microhttpd libmicrohttpd)
lx_pkg(gnutls gnutls)
lx_pkg(icu icu-i18n)
lx_pkg(zip libzip)
lx_pkg(expat expat)
lx_pkg(turbojpeg libturbojpeg)
lx_pkg(pango pangocairo pangofc cairo-ft harfbuzz-subset)
lx_pkg(xlsxwriter xlsxwriter)

find_package(doctest REQUIRED)
add_library(dep::doctest ALIAS doctest::doctest)
find_package(CLI11 REQUIRED)
add_library(dep::cli11 ALIAS CLI11::CLI11)
find_package(nlohmann_json REQUIRED)
add_library(dep::json ALIAS nlohmann_json::nlohmann_json)
find_package(fmt REQUIRED)
add_library(dep::fmt ALIAS fmt::fmt)
add_library(lx_dep_threads INTERFACE)
target_link_libraries(lx_dep_threads INTERFACE Threads::Threads)
add_library(dep::threads ALIAS lx_dep_threads)

find_path(LX_CEREAL_INCLUDE cereal/cereal.hpp REQUIRED)
add_library(lx_dep_cereal INTERFACE)
target_include_directories(lx_dep_cereal SYSTEM INTERFACE ${LX_CEREAL_INCLUDE})
add_library(dep::cereal ALIAS lx_dep_cereal)

# What must be fetched lands here once and is used from here ever after, without a network.
if(DEFINED ENV{XDG_CACHE_HOME} AND NOT "$ENV{XDG_CACHE_HOME}" STREQUAL "")
  set(LX_CACHE "$ENV{XDG_CACHE_HOME}/lianxin")
else()
  set(LX_CACHE "$ENV{HOME}/.cache/lianxin")
endif()

include(Sqlite)           # dep::sqlite (SQLite3 Multiple Ciphers)
if(LX_GUI)
  include(Imgui)          # dep::imgui, dep::imgui_glfw
endif()
