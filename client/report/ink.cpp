#include "client/report/ink.hpp"

#include <cairo-ft.h>
#include <hb-subset.h>
#include <map>
#include <mutex>
#include <pango/pangofc-font.h>
#include <string>
#include <utility>
#include <vector>

#include "shared/base/check.hpp"

namespace lianxin::client::report {
namespace {

struct DestroyFont {
  void operator()(hb_blob_t* blob) const { hb_blob_destroy(blob); }
  void operator()(hb_face_t* face) const { hb_face_destroy(face); }
  void operator()(hb_subset_input_t* input) const { hb_subset_input_destroy(input); }
  void operator()(PangoLayoutIter* lines) const { pango_layout_iter_free(lines); }
};
template <typename T>
using Owned = std::unique_ptr<T, DestroyFont>;

constexpr hb_tag_t kOutlines = HB_TAG('C', 'F', 'F', ' ');

/// The whole font with the same glyph numbers, but without subroutines, hints and what only layout needs;
/// null for a font of another kind, which Cairo embeds as it should.
Owned<hb_blob_t> written_out(const std::string& file, unsigned index) {
  const Owned<hb_blob_t> bytes(hb_blob_create_from_file_or_fail(file.c_str()));
  if (!bytes) return nullptr;
  const Owned<hb_face_t> font(hb_face_create(bytes.get(), index));
  if (hb_blob_get_length(Owned<hb_blob_t>(hb_face_reference_table(font.get(), kOutlines)).get()) == 0)
    return nullptr;
  const Owned<hb_subset_input_t> wanted(hb_subset_input_create_or_fail());
  LX_CHECK(wanted != nullptr, "memory");
  hb_set_invert(hb_subset_input_unicode_set(wanted.get()));
  hb_set_invert(hb_subset_input_glyph_set(wanted.get()));
  hb_subset_input_set_flags(wanted.get(), HB_SUBSET_FLAGS_DESUBROUTINIZE | HB_SUBSET_FLAGS_NO_HINTING |
                                              HB_SUBSET_FLAGS_RETAIN_GIDS);
  hb_set_t* dropped = hb_subset_input_set(wanted.get(), HB_SUBSET_SETS_DROP_TABLE_TAG);
  for (const hb_tag_t table :
       {HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'), HB_TAG('G', 'D', 'E', 'F'),
        HB_TAG('B', 'A', 'S', 'E'), HB_TAG('v', 'm', 't', 'x'), HB_TAG('V', 'O', 'R', 'G')})
    hb_set_add(dropped, table);
  const Owned<hb_face_t> plain(hb_subset_or_fail(font.get(), wanted.get()));
  return Owned<hb_blob_t>(plain ? hb_face_reference_blob(plain.get()) : nullptr);
}

/// A face over bytes that live as long as the program; null when there are none or they are no font.
cairo_font_face_t* face_over(Owned<hb_blob_t> font) {
  static FT_Library library = [] {
    FT_Library made = nullptr;
    LX_CHECK(FT_Init_FreeType(&made) == 0, "FreeType");
    return made;
  }();
  if (!font) return nullptr;
  unsigned length = 0;
  const char* data = hb_blob_get_data(font.release(), &length);
  FT_Face face = nullptr;
  if (FT_New_Memory_Face(library, reinterpret_cast<const FT_Byte*>(data), static_cast<FT_Long>(length), 0,
                         &face) != 0)
    return nullptr;
  return cairo_ft_font_face_create_for_ft_face(face, FT_LOAD_NO_HINTING);
}

/// The face to embed for a font of Pango's; null = the font itself. Any thread; faces are never given back.
cairo_font_face_t* face_to_embed(PangoFont* font) {
  static std::mutex mutex;
  static auto* const faces = new std::map<std::pair<std::string, int>, cairo_font_face_t*>();
  if (!PANGO_IS_FC_FONT(font)) return nullptr;
  FcPattern* pattern = pango_fc_font_get_pattern(PANGO_FC_FONT(font));
  FcChar8* file = nullptr;
  int index = 0;
  if (FcPatternGetString(pattern, FC_FILE, 0, &file) != FcResultMatch) return nullptr;
  if (FcPatternGetInteger(pattern, FC_INDEX, 0, &index) != FcResultMatch) index = 0;
  const std::lock_guard lock(mutex);
  const std::string path(reinterpret_cast<const char*>(file));
  const auto [at, fresh] = faces->try_emplace({path, index}, nullptr);
  if (fresh) at->second = face_over(written_out(path, static_cast<unsigned>(index)));
  return at->second;
}

double points(int pango_units) { return static_cast<double>(pango_units) / PANGO_SCALE; }

/// Glyphs of a run in their places, and which of them stand for which characters.
struct Placed {
  std::vector<cairo_glyph_t> glyphs;
  std::vector<cairo_text_cluster_t> clusters;
};

/// False in `has_all` where the font lacks a character: Pango draws a box with its number there.
Placed place(PangoLayoutRun* run, const char* text, double x, double baseline, bool& has_all) {
  Placed placed;
  PangoGlyphItemIter cluster;
  for (gboolean more = pango_glyph_item_iter_init_start(&cluster, run, text); more != FALSE;
       more = pango_glyph_item_iter_next_cluster(&cluster)) {
    int count = 0;
    for (int i = cluster.start_glyph; i < cluster.end_glyph; ++i) {
      const PangoGlyphInfo& info = run->glyphs->glyphs[i];
      has_all = has_all && (info.glyph & PANGO_GLYPH_UNKNOWN_FLAG) == 0;
      if (info.glyph != PANGO_GLYPH_EMPTY) {
        placed.glyphs.push_back(
            {info.glyph, x + points(info.geometry.x_offset), baseline + points(info.geometry.y_offset)});
        ++count;
      }
      x += points(info.geometry.width);
    }
    placed.clusters.push_back({cluster.end_index - cluster.start_index, count});
  }
  return placed;
}

void show_run(cairo_t* cairo, PangoLayoutRun* run, const char* text, double x, double baseline) {
  cairo_font_face_t* face = face_to_embed(run->item->analysis.font);
  bool has_all = true;
  const Placed placed = place(run, text, x, baseline, has_all);
  if (face == nullptr || !has_all) {
    cairo_move_to(cairo, x, baseline);
    pango_cairo_show_glyph_item(cairo, text, run);
    return;
  }
  cairo_matrix_t size;
  cairo_scaled_font_get_font_matrix(
      pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(run->item->analysis.font)), &size);
  cairo_set_font_face(cairo, face);
  cairo_set_font_matrix(cairo, &size);
  cairo_show_text_glyphs(cairo, text + run->item->offset, run->item->length, placed.glyphs.data(),
                         static_cast<int>(placed.glyphs.size()), placed.clusters.data(),
                         static_cast<int>(placed.clusters.size()),
                         static_cast<cairo_text_cluster_flags_t>(0));
}

}  // namespace

void show_words(cairo_t* cairo, PangoLayout* layout, double x, double y) {
  const char* text = pango_layout_get_text(layout);
  const Owned<PangoLayoutIter> at(pango_layout_get_iter(layout));
  do {
    PangoLayoutRun* run = pango_layout_iter_get_run_readonly(at.get());
    if (run == nullptr) continue;  // the end of a line
    PangoRectangle place;
    pango_layout_iter_get_run_extents(at.get(), nullptr, &place);
    show_run(cairo, run, text, x + points(place.x), y + points(pango_layout_iter_get_run_baseline(at.get())));
  } while (pango_layout_iter_next_run(at.get()) != FALSE);
}

}  // namespace lianxin::client::report
