#include "client/store/read_alike.hpp"

namespace lianxin::client::store {

std::string is_abroad_sql(const std::string& alias, const std::string& day) {
  return "(ifnull(" + alias + ".abroad_on <= " + day + ", 0) OR ifnull(substr(" + alias +
         ".dest_division, 1, 2) IN ('71', '81', '82'), 0))";
}

std::string parcel_result_sql(const std::string& alias, const std::string& events, const std::string& id,
                              const std::string& day) {
  const std::string last = "SELECT e.occurred_on || e.kind FROM " + events +
                           " AND e.kind IN ('signed_self', 'signed_proxy', 'left', 'refused', 'returned', "
                           "'re_dispatched') ORDER BY "
                           "e.occurred_on DESC, " +
                           id + " DESC LIMIT 1";
  const std::string newest =
      "SELECT e.kind FROM " + events + " ORDER BY e.occurred_on DESC, " + id + " DESC LIMIT 1";
  const std::string received =
      "CASE WHEN " + alias + ".received_on <= " + day + " THEN " + alias + ".received_on ELSE '' END";
  return "(SELECT CASE WHEN kind IN ('refused', 'returned') AND on_day >= received THEN kind "
         "WHEN kind = 'signed_self' AND on_day > received THEN 'signed' "
         "WHEN kind = 'signed_proxy' AND on_day > received THEN 'proxy' "
         "WHEN received <> '' AND relation = 'self' THEN 'signed' "
         "WHEN received <> '' AND (relation IS NOT NULL OR kind = 'signed_proxy') THEN 'proxy' "
         "WHEN received <> '' THEN 'signed' WHEN (" +
         newest +
         ") = 'problem' THEN 'problem' WHEN kind = 'left' THEN 'left' ELSE 'on_the_way' END "
         "FROM (SELECT substr(word, 1, 10) AS on_day, substr(word, 11) AS kind, received, relation "
         "FROM (SELECT ifnull((" +
         last + "), '') AS word, " + received + " AS received, " + alias + ".relation AS relation)))";
}

std::string is_outward_sql(const std::string& alias, const std::string& units) {
  return "(" + alias + ".to_org_id IS NULL OR " + alias + ".to_org_id NOT IN (" + units + "))";
}

}  // namespace lianxin::client::store
