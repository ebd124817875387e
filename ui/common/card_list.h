#pragma once

#include <QAbstractListModel>
#include <QColor>
#include <QListView>
#include <QString>
#include <QStyledItemDelegate>
#include <optional>
#include <vector>

namespace leedswatch::ui {

/// A row as it is read from afar: a mark, a title with something at its right, and one line or two below.
struct Card {
    qint64 id = 0;
    QString title = {};
    QString right = {};
    QString line = {};
    QString foot = {};
    QColor mark = {};
    bool isHollow = false;  ///< the mark is a ring: it is there and not at work
    QColor rightColour = {};
    QColor lineColour = {};
    QColor footColour = {};
    bool operator==(const Card&) const = default;
};

/// Cards as rows. Holds values; never talks to the user.
class CardModel final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { IdRole = Qt::UserRole + 1 };

    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

    /// Keeps the rows, and so what is chosen, if they are the same as before.
    void setCards(std::vector<Card> cards);
    [[nodiscard]] const Card& card(int row) const { return m_cards.at(static_cast<std::size_t>(row)); }
    /// −1: it is not among them.
    [[nodiscard]] int rowOf(qint64 id) const;

private:
    std::vector<Card> m_cards;
};

class CardDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    CardDelegate(bool hasFoot, QObject* parent) : QStyledItemDelegate{parent}, m_hasFoot{hasFoot} {}

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    const bool m_hasFoot;
};

/// A list of cards that the keyboard goes through. What is chosen stays when the cards change, while it is there.
class CardList final : public QListView {
    Q_OBJECT

public:
    CardList(const QString& name, const QString& accessibleName, bool hasFoot, QWidget* parent);

    void setCards(std::vector<Card> cards);
    [[nodiscard]] CardModel& cards() const { return *m_model; }
    [[nodiscard]] std::optional<qint64> chosen() const;
    void choose(qint64 id);

Q_SIGNALS:
    void chosenChanged();

protected:
    /// The first row is chosen when the keyboard comes and nothing is.
    void focusInEvent(QFocusEvent* event) override;

private:
    CardModel* m_model;
};

}  // namespace leedswatch::ui
