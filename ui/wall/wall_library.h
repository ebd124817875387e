#pragma once

#include "estate/wall_shelf.h"
#include "ui/common/console_context.h"
#include "ui/common/feed_listener.h"
#include "ui/common/worker.h"

#include <QObject>
#include <QString>
#include <functional>
#include <vector>

namespace leedswatch::ui {

/// The views and sequences that the person at the desk may have on the wall, as last read, renewed by the change feed:
/// what somebody changes at another desk is here at once. UI thread only; the store is asked on a thread of its own.
class WallLibrary final : public QObject {
    Q_OBJECT

public:
    /// Called on the UI thread after the store has answered.
    using Done = std::function<void(const base::Result<void>&)>;

    WallLibrary(ConsoleContext& context, QObject* parent);

    [[nodiscard]] const std::vector<estate::SavedView>& views() const { return m_views; }
    [[nodiscard]] const std::vector<estate::Sequence>& sequences() const { return m_sequences; }
    /// Null if there is none (any more).
    [[nodiscard]] const estate::SavedView* find(estate::WallViewId id) const;
    [[nodiscard]] const estate::Sequence* find(estate::SequenceId id) const;
    [[nodiscard]] bool isLoaded() const { return m_isLoaded; }
    /// Whether the person may make and change shared ones.
    [[nodiscard]] bool mayShare() const;

    void add(const QString& name, bool isShared, const estate::ViewContent& content, Done done);
    void add(const QString& name, bool isShared, const estate::SequenceContent& content, Done done);
    void replace(estate::WallViewId id, const estate::ViewContent& content, Done done);
    void replace(estate::SequenceId id, const estate::SequenceContent& content, Done done);
    void rename(estate::WallViewId id, const QString& name, Done done);
    void rename(estate::SequenceId id, const QString& name, Done done);
    void remove(estate::WallViewId id, Done done);
    void remove(estate::SequenceId id, Done done);

Q_SIGNALS:
    void changed();
    void failed(const QString& sentence);

private:
    struct Snapshot {
        base::Result<std::vector<estate::SavedView>> views;
        base::Result<std::vector<estate::Sequence>> sequences;
    };
    void load();
    void take(Snapshot snapshot);
    /// Runs `change(acting)` where the store may be asked, then tells.
    template <typename Change>
    void run(Change change, Done done);

    ConsoleContext& m_context;
    estate::SavedViews m_viewShelf;
    estate::Sequences m_sequenceShelf;
    std::vector<estate::SavedView> m_views;
    std::vector<estate::Sequence> m_sequences;
    bool m_isLoaded = false;
    FeedListener m_feed;
    Worker m_worker;
};

}  // namespace leedswatch::ui
