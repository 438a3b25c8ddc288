#pragma once
// The package of a Word file, Office Open XML (ECMA-376 part 1, 17), written by hand because Debian has no
// library that writes it; zipping it is libzip's work.
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"

namespace lianxin::client::report {

/// Words in one look (a `w:rPr`).
[[nodiscard]] std::string docx_run(std::string_view text, std::string_view look = "");
/// "第 {page} 页 共 {pages} 页" with the numbers left to who sets the pages.
[[nodiscard]] std::string docx_page_numbers(std::string_view words);
/// Of the foot at this place in the list given to `docx_package`, for a `w:footerReference`.
[[nodiscard]] std::string docx_footer_id(std::size_t place);
/// A file of what stands in the body and in the feet. Styles: Title, Heading1, Cell, Foot, else text. The
/// same words give the same bytes. Error "report.failed" {why}.
[[nodiscard]] Result<Bytes> docx_package(std::string_view body, const std::vector<std::string>& feet);

}  // namespace lianxin::client::report
