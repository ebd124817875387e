#include "ui/wall/library_model.h"

#include "ui/common/text.h"
#include "ui/common/wall_drag.h"

namespace leedswatch::ui {

namespace {

QString wordsOf(std::chrono::seconds time) {
    const auto seconds = time.count();
    return seconds < 120 ? QStringLiteral("%1 s").arg(seconds)
                         : QStringLiteral("%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
}

QString detailOf(const estate::ViewContent& view) {
    return view.layout == 1 ? QStringLiteral("1 tile") : QStringLiteral("%1 tiles").arg(view.layout);
}

QString detailOf(const estate::SequenceContent& sequence) {
    std::chrono::seconds round{0};
    for (const auto& step : sequence.steps) {
        round += step.dwell;
    }
    const auto count = sequence.steps.size();
    return QStringLiteral("%1 · once round in %2")
        .arg(count == 1 ? QStringLiteral("1 camera") : QStringLiteral("%1 cameras").arg(count), wordsOf(round));
}

}  // namespace

LibraryModel::LibraryModel(LibraryKind kind, QObject* parent) : QAbstractListModel{parent}, m_kind{kind} {}

int LibraryModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant LibraryModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
        case Qt::DisplayRole:
        case NameRole: return row.name;
        case Qt::AccessibleTextRole:
        case Qt::ToolTipRole: return QStringLiteral("%1, %2").arg(row.name, row.detail);
        case IdRole: return row.id;
        case DetailRole: return row.detail;
        case LayoutRole: return row.layout;
        case SharedRole: return row.isShared;
        case DamagedRole: return row.isDamaged;
        default: return {};
    }
}

Qt::ItemFlags LibraryModel::flags(const QModelIndex& index) const {
    const Qt::ItemFlags flags = QAbstractListModel::flags(index);
    return index.isValid() ? flags | Qt::ItemIsDragEnabled : flags;
}

QMimeData* LibraryModel::mimeData(const QModelIndexList& indexes) const {
    if (indexes.isEmpty()) {
        return nullptr;
    }
    const qint64 id = indexes.first().data(IdRole).toLongLong();
    return m_kind == LibraryKind::Views ? mimeOfView(id) : mimeOfSequence(id);
}

void LibraryModel::take(const WallLibrary& library) {
    beginResetModel();
    m_rows.clear();
    const auto add = [this](const auto& item, int layout) {
        const QString detail = item.isDamaged ? QStringLiteral("cannot be read") : detailOf(item.content);
        const QString whose = item.isShared ? QStringLiteral("shared") : QStringLiteral("own");
        m_rows.push_back({item.id.value(), toQt(item.name), QStringLiteral("%1 · %2").arg(whose, detail), layout,
                          item.isShared, item.isDamaged});
    };
    if (m_kind == LibraryKind::Views) {
        for (const estate::SavedView& view : library.views()) {
            add(view, view.content.layout);
        }
    } else {
        for (const estate::Sequence& sequence : library.sequences()) {
            add(sequence, 0);
        }
    }
    endResetModel();
}

}  // namespace leedswatch::ui
