#include "ui/review/review_commands.h"

#include "ui/common/icons.h"

#include <array>

// Resources of a static library are linked in only if they are asked for, and this macro must stand outside a
// namespace.
static void initialiseReviewResources() {
    Q_INIT_RESOURCE(review);
}

namespace leedswatch::ui {
namespace {

struct Binding {
    ReviewCommand command;
    const char* what;
    const char* keys;  // as QKeySequence reads them, separated by spaces; the first is in the tooltip
    const char* icon;
};

constexpr std::array bindings{
    Binding{ReviewCommand::PlayPause, "Play or pause", "Space K", "play"},
    Binding{ReviewCommand::StepBack, "One picture back", "Left ,", "step-back"},
    Binding{ReviewCommand::StepForward, "One picture on", "Right .", "step-forward"},
    Binding{ReviewCommand::Slower, "Slower", "J -", "slower"},
    Binding{ReviewCommand::Faster, "Faster", "L + =", "faster"},
    Binding{ReviewCommand::ToStart, "To the first picture", "Home", "to-start"},
    Binding{ReviewCommand::ToEnd, "To the last picture", "End", "to-end"},
    Binding{ReviewCommand::PreviousGap, "To the gap before", "PgUp", "gap-previous"},
    Binding{ReviewCommand::NextGap, "To the next gap", "PgDown", "gap-next"},
    Binding{ReviewCommand::PreviousMotion, "To where something moved before", "P", "motion-previous"},
    Binding{ReviewCommand::NextMotion, "To where something moves next", "N", "motion-next"},
    Binding{ReviewCommand::SearchMotion, "Search a part of the picture for motion", "F", "motion-search"},
    Binding{ReviewCommand::MarkIn, "Mark in: the clip begins here", "I", "mark-in"},
    Binding{ReviewCommand::MarkOut, "Mark out: the clip ends here", "O", "mark-out"},
    Binding{ReviewCommand::ClearMarks, "Take the marks away", "X", "close"},
    Binding{ReviewCommand::GoTo, "Go to a time", "G", ""},
    Binding{ReviewCommand::ZoomIn, "Show less time", "Up", ""},
    Binding{ReviewCommand::ZoomOut, "Show more time", "Down", ""},
    Binding{ReviewCommand::Export, "Export what is marked", "E", "export"},
    Binding{ReviewCommand::Snapshot, "Snapshot of the picture", "S", ""},
    Binding{ReviewCommand::Hold, "Hold what is marked: it is not deleted", "H", ""},
    Binding{ReviewCommand::LiftZones, "Lift privacy zones, hide again", "U", ""},
    Binding{ReviewCommand::Close, "Back to the wall", "Esc", "close"},
};

QList<QKeySequence> sequencesOf(const Binding& binding) {
    QList<QKeySequence> keys;
    for (const QString& key : QString::fromLatin1(binding.keys).split(QLatin1Char{' '})) {
        keys.append(QKeySequence{key});
    }
    return keys;
}

QAction* makeAction(const Binding& binding, QWidget* page) {
    const QString what = QString::fromLatin1(binding.what);
    auto* action = new QAction{what, page};
    const QList<QKeySequence> keys = sequencesOf(binding);
    action->setShortcuts(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    action->setAutoRepeat(binding.command == ReviewCommand::StepBack || binding.command == ReviewCommand::StepForward ||
                          binding.command == ReviewCommand::ZoomIn || binding.command == ReviewCommand::ZoomOut);
    QStringList names;
    for (const QKeySequence& key : keys) {
        names.append(key.toString(QKeySequence::NativeText));
    }
    action->setToolTip(QStringLiteral("%1 (%2)").arg(what, names.join(QStringLiteral(" or "))));
    if (*binding.icon != '\0') {
        action->setIcon(icons::line(QString::fromLatin1(binding.icon)));
    }
    page->addAction(action);
    return action;
}

}  // namespace

QList<ReviewKeys> reviewKeys() {
    QList<ReviewKeys> all;
    for (const Binding& binding : bindings) {
        all.append({QString::fromLatin1(binding.what), sequencesOf(binding)});
    }
    return all;
}

ReviewCommands::ReviewCommands(QWidget* page) : QObject{page} {
    initialiseReviewResources();
    for (const Binding& binding : bindings) {
        m_actions.emplace(binding.command, makeAction(binding, page));
    }
}

}  // namespace leedswatch::ui
