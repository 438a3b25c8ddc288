#pragma once
// The words the demonstration county is made of (assets/county/words.tsv): names, places, what people say.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lianxin::client::county {

using Row = std::vector<std::string>;

/// The lines of a list, cut at tabs. The list must be there.
[[nodiscard]] const std::vector<Row>& rows(std::string_view list);
/// All cells of all lines of a list.
[[nodiscard]] std::vector<std::string> cells(std::string_view list);
/// A line of the list "phrases" with its {places} filled. The phrase must be there.
[[nodiscard]] std::string phrase(std::string_view name,
                                 const std::vector<std::pair<std::string, std::string>>& places = {});

}  // namespace lianxin::client::county
