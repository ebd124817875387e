#pragma once

#include "ui/wall/wall_library.h"

#include <QAbstractListModel>
#include <vector>

namespace leedswatch::ui {

enum class LibraryKind { Views, Sequences };

/// The views or the sequences of the library as rows, by name. Holds values copied from it.
class LibraryModel final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role {
        IdRole = Qt::UserRole + 1,
        NameRole,
        DetailRole,  ///< "9 tiles · shared"
        LayoutRole,  ///< of a view, its number of tiles; of a sequence, 0
        SharedRole,
        DamagedRole,
    };

    LibraryModel(LibraryKind kind, QObject* parent);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    [[nodiscard]] QMimeData* mimeData(const QModelIndexList& indexes) const override;
    [[nodiscard]] Qt::DropActions supportedDragActions() const override { return Qt::CopyAction; }

    void take(const WallLibrary& library);

private:
    struct Row {
        qint64 id = 0;
        QString name;
        QString detail;
        int layout = 0;
        bool isShared = false;
        bool isDamaged = false;
    };

    const LibraryKind m_kind;
    std::vector<Row> m_rows;
};

}  // namespace leedswatch::ui
