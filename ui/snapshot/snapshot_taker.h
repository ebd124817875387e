#pragma once

#include "evidence/snapshot.h"
#include "ui/common/console_context.h"
#include "ui/common/worker.h"

#include <QImage>
#include <QObject>
#include <QString>
#include <functional>

namespace leedswatch::ui {

/// Takes snapshots away from the UI thread and says in one sentence what has become of each.
class SnapshotTaker final : public QObject {
    Q_OBJECT

public:
    struct Outcome {
        bool isTaken = false;
        QString words;
    };

    SnapshotTaker(ConsoleContext& context, QObject* parent);

    /// `picture` is asked for on the worker's thread; `done` is called on the UI thread, not after this object is gone.
    void take(const evidence::SnapshotSubject& subject, std::function<base::Result<video::FullPicture>()> picture,
              std::function<void(const Outcome&)> done);

private:
    ConsoleContext& m_context;
    Worker m_worker;
};

/// The picture in its true shape over a line with the camera's number and name, the time in Europe/London with BST or
/// GMT and the offset, and its state. Any thread.
[[nodiscard]] video::FullPicture markedCopy(const evidence::SnapshotSubject& subject,
                                            const video::FullPicture& original);
/// Why there is none, in words for the operator.
[[nodiscard]] QString snapshotRefusal(const base::Error& error);
/// "22 Nov 2026 05:55:12.345 GMT (UTC+0)".
[[nodiscard]] QString snapshotTime(base::UtcTime time);

}  // namespace leedswatch::ui
