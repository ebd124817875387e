#include "ui/wall/library_row_delegate.h"

#include "ui/common/icons.h"
#include "ui/common/palette.h"
#include "ui/common/row_painting.h"
#include "ui/common/theme.h"
#include "ui/wall/layout_icon.h"
#include "ui/wall/library_model.h"
#include "ui/wall/wall_layout.h"

#include <QPainter>

namespace leedswatch::ui {

namespace {

constexpr int rowHeight = 44;
constexpr int iconSide = 20;

}  // namespace

QSize LibraryRowDelegate::sizeHint(const QStyleOptionViewItem& /*option*/, const QModelIndex& /*index*/) const {
    return {200, rowHeight};
}

void LibraryRowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintRowGround(*painter, option);
    const QRect area = option.rect.adjusted(16, 6, -16, -6);
    const WallLayout* layout = WallLayout::find(index.data(LibraryModel::LayoutRole).toInt());
    const QIcon icon = layout == nullptr ? icons::line(QStringLiteral("review"), palette::textDim)
                                         : layoutIcon(*layout, palette::textDim);
    icon.paint(painter, QRect{area.left(), area.top() + 6, iconSide, iconSide});
    const QRect text = area.adjusted(iconSide + 12, 0, 0, 0);
    const auto write = [&](const QRect& line, const QFont& font, const QColor& colour, int role) {
        paintRowLine(*painter, line, font, colour, index.data(role).toString());
    };
    const bool isDamaged = index.data(LibraryModel::DamagedRole).toBool();
    write({text.left(), text.top(), text.width(), 18}, theme::font(theme::TextSize::Body, QFont::Medium), palette::text,
          LibraryModel::NameRole);
    write({text.left(), text.top() + 18, text.width(), 14}, theme::font(theme::TextSize::Caption),
          isDamaged ? palette::amber : palette::textDim, LibraryModel::DetailRole);
    painter->restore();
}

}  // namespace leedswatch::ui
