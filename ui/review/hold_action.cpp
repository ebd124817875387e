#include "ui/review/hold_action.h"

#include "ui/common/ask_dialog.h"
#include "ui/common/text.h"
#include "ui/common/time_text.h"
#include "video/footage_holds.h"

#include <QLineEdit>

namespace leedswatch::ui {
namespace {

const video::TimeRange ever{base::UtcTime{}, base::UtcTime{std::chrono::hours{24 * 365 * 200}}};

QString answerOf(const video::PlacedHold& placed) {
    QString text = QStringLiteral("Hold %1 stands. What it covers is not deleted until a supervisor lifts it.")
                       .arg(placed.id.value());
    if (placed.lost.empty()) {
        return text;
    }
    text += QStringLiteral("\n\nIt came too late for a part: ");
    for (const video::LostBeforeHold& lost : placed.lost) {
        text += QStringLiteral("\n%1 to %2 (%3)")
                    .arg(instantText(lost.range.begin), instantText(lost.range.end),
                         lost.beingDeleted ? QStringLiteral("is being deleted")
                                           : QStringLiteral("%1 files were deleted by rule").arg(lost.files));
    }
    return text;
}

}  // namespace

HoldAction::HoldAction(ConsoleContext& context, QWidget* page)
    : QObject{page}, m_context{context}, m_page{page}, m_feed{context.feed, {"footage_holds"}, this}, m_worker{*this} {
    connect(&m_feed, &FeedListener::changed, this, &HoldAction::read);
}

void HoldAction::setCamera(std::optional<estate::Camera> camera) {
    m_camera = std::move(camera);
    Q_EMIT heldChanged({});
    read();
}

void HoldAction::read() {
    if (!m_camera) {
        return;
    }
    using Held = base::Result<std::vector<video::TimeRange>>;
    m_worker.run(
        [&database = m_context.database, id = m_camera->id] { return video::FootageHolds{database}.heldOf(id, ever); },
        [this, id = m_camera->id](const Held& held) {
            if (held && m_camera && m_camera->id == id) {
                Q_EMIT heldChanged(*held);
            }
        });
}

void HoldAction::ask(video::TimeRange range) {
    if (!m_camera) {
        return;
    }
    auto* reason = new QLineEdit;
    reason->setObjectName(QStringLiteral("holdReasonLineEdit"));
    reason->setMaxLength(400);
    reason->setPlaceholderText(QStringLiteral("Crime number, request, or what happened"));
    const AskDialog::Words words{
        QStringLiteral("Hold footage"),
        QStringLiteral("Camera %1 %2\n%3 to %4\nis kept, whatever its retention, until a supervisor lifts the hold.")
            .arg(m_camera->number)
            .arg(toQt(m_camera->name), instantText(range.begin), instantText(range.end)),
        QStringLiteral("Reason"), QStringLiteral("Hold")};
    auto* dialog = new AskDialog{
        words, reason,
        [this, reason, range, id = m_camera->id] {
            return [&context = m_context, range, id, why = fromQt(reason->text().trimmed())] {
                return video::FootageHolds{context.database}.place(context.acting, {range, {id}, why}).map(answerOf);
            };
        },
        m_page};
    dialog->open();
}

}  // namespace leedswatch::ui
