#include "ui/common/card_list.h"

#include "ui/common/palette.h"
#include "ui/common/row_painting.h"
#include "ui/common/theme.h"

#include <algorithm>

namespace leedswatch::ui {

namespace {

constexpr int heightWithFoot = 72;
constexpr int heightWithout = 54;
constexpr int cardMarkSize = 10;

QColor orElse(const QColor& colour, const QColor& usual) {
    return colour.isValid() ? colour : usual;
}

}  // namespace

int CardModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_cards.size());
}

QVariant CardModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) {
        return {};
    }
    const Card& card = this->card(index.row());
    switch (role) {
        case IdRole: return card.id;
        case Qt::DisplayRole: return card.title;
        case Qt::AccessibleTextRole:
            return QStringLiteral("%1, %2, %3, %4").arg(card.title, card.right, card.line, card.foot);
        // As rich text, so that nothing that somebody wrote is taken for it.
        case Qt::ToolTipRole:
            return QStringLiteral("<qt>%1<br>%2%3</qt>")
                .arg(card.title.toHtmlEscaped(), card.line.toHtmlEscaped(),
                     card.foot.isEmpty() ? QString{} : QStringLiteral("<br>") + card.foot.toHtmlEscaped());
        default: return {};
    }
}

void CardModel::setCards(std::vector<Card> cards) {
    if (cards == m_cards) {
        return;
    }
    if (std::ranges::equal(cards, m_cards, {}, &Card::id, &Card::id)) {
        m_cards = std::move(cards);
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
        return;
    }
    beginResetModel();
    m_cards = std::move(cards);
    endResetModel();
}

int CardModel::rowOf(qint64 id) const {
    const auto found = std::ranges::find(m_cards, id, &Card::id);
    return found == m_cards.end() ? -1 : static_cast<int>(found - m_cards.begin());
}

QSize CardDelegate::sizeHint(const QStyleOptionViewItem& /*option*/, const QModelIndex& /*index*/) const {
    return {220, m_hasFoot ? heightWithFoot : heightWithout};
}

void CardDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const auto* model = qobject_cast<const CardModel*>(index.model());
    if (model == nullptr) {
        return;
    }
    const Card& card = model->card(index.row());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintRowGround(*painter, option);
    const QRect area = option.rect.adjusted(16, 8, -16, -8);
    painter->setPen(card.isHollow ? QPen{card.mark, 1.5} : QPen{Qt::NoPen});
    painter->setBrush(card.isHollow ? QBrush{Qt::NoBrush} : QBrush{card.mark});
    painter->drawEllipse(QRectF(area.left() + 1, area.top() + 4, cardMarkSize, cardMarkSize));
    const int rightWidth =
        paintRowEnd(*painter, {area.left(), area.top(), area.width(), 18}, theme::numbers(13, QFont::DemiBold),
                    orElse(card.rightColour, palette::textDim), card.right);
    const int left = area.left() + cardMarkSize + 10;
    paintRowLine(*painter, {left, area.top(), area.right() - left - rightWidth - 8, 18},
                 theme::font(theme::TextSize::Body, QFont::DemiBold), card.isHollow ? palette::textDim : palette::text,
                 card.title);
    paintRowLine(*painter, {left, area.top() + 20, area.right() - left, 18}, theme::font(theme::TextSize::Body),
                 orElse(card.lineColour, palette::textDim), card.line);
    if (m_hasFoot) {
        paintRowLine(*painter, {left, area.top() + 39, area.right() - left, 16}, theme::font(theme::TextSize::Caption),
                     orElse(card.footColour, palette::textDim), card.foot);
    }
    painter->restore();
}

CardList::CardList(const QString& name, const QString& accessibleName, bool hasFoot, QWidget* parent)
    : QListView{parent}, m_model{new CardModel{this}} {
    setObjectName(name);
    setAccessibleName(accessibleName);
    setModel(m_model);
    setItemDelegate(new CardDelegate{hasFoot, this});
    setUniformItemSizes(true);
    setMouseTracking(true);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this, &CardList::chosenChanged);
}

void CardList::setCards(std::vector<Card> cards) {
    const auto before = chosen();
    const int rowBefore = currentIndex().row();
    m_model->setCards(std::move(cards));
    if (before && chosen() != before && m_model->rowCount() > 0) {
        // What was chosen has moved, or has gone: then what stands in its place is.
        const int row = m_model->rowOf(*before);
        setCurrentIndex(m_model->index(row >= 0 ? row : std::min(rowBefore, m_model->rowCount() - 1)));
    }
}

std::optional<qint64> CardList::chosen() const {
    return currentIndex().isValid() ? std::optional{currentIndex().data(CardModel::IdRole).toLongLong()} : std::nullopt;
}

void CardList::choose(qint64 id) {
    if (const int row = m_model->rowOf(id); row >= 0) {
        setCurrentIndex(m_model->index(row));
    }
}

void CardList::focusInEvent(QFocusEvent* event) {
    QListView::focusInEvent(event);
    if (!currentIndex().isValid() && m_model->rowCount() > 0) {
        setCurrentIndex(m_model->index(0));
    }
}

}  // namespace leedswatch::ui
