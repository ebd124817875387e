#include "ui/shell/library_desk.h"

#include "base/local_time.h"
#include "ui/common/question_dialog.h"
#include "ui/common/text.h"
#include "ui/wall/name_dialog.h"
#include "ui/wall/sequence_dialog.h"
#include "ui/wall/wall_page.h"

#include <QPointer>
#include <algorithm>
#include <utility>

namespace leedswatch::ui {

namespace {

/// Closes the dialog when the store has taken it, or says in it why not.
template <typename Dialog>
WallLibrary::Done closeOrSay(Dialog* dialog) {
    return [dialog = QPointer<Dialog>{dialog}](const base::Result<void>& result) {
        if (dialog == nullptr) {
            return;
        }
        if (result) {
            dialog->accept();
        } else {
            dialog->showProblem(sentenceOf(result.error()));
        }
    };
}

template <typename Items>
auto* named(const Items& items, const QString& name, bool isShared) {
    const auto found = std::find_if(items.begin(), items.end(), [&](const auto& item) {
        return item.isShared == isShared && toQt(item.name).compare(name, Qt::CaseInsensitive) == 0;
    });
    return found == items.end() ? nullptr : &*found;
}

template <typename Item>
QString lastChange(const Item& item) {
    return QStringLiteral("last changed by %1 on %2 at %3")
        .arg(toQt(item.changedBy), toQt(base::formatLocalDate(item.changedAt)),
             toQt(base::formatLocalTimeOfDay(item.changedAt)));
}

NameDialog::Sharing sharingOf(const WallLibrary& library) {
    return library.mayShare() ? NameDialog::Sharing::Allowed : NameDialog::Sharing::NotAllowed;
}

}  // namespace

LibraryDesk::LibraryDesk(WallLibrary& library, const CameraDirectory& cameras, ActiveWall activeWall, QWidget* desk)
    : QObject{desk},
      m_library{library},
      m_cameras{cameras},
      m_activeWall{std::move(activeWall)},
      m_desk{desk},
      m_views{new LibraryPanel{library, LibraryKind::Views, desk}},
      m_sequences{new LibraryPanel{library, LibraryKind::Sequences, desk}} {
    connectViews();
    connectSequences();
}

void LibraryDesk::connectViews() {
    connect(m_views, &LibraryPanel::chosen, this, [this](qint64 id) { openView(estate::WallViewId{id}); });
    connect(m_views, &LibraryPanel::makeRequested, this, &LibraryDesk::saveView);
    connect(m_views, &LibraryPanel::replaceRequested, this, [this](qint64 id) { replaceView(estate::WallViewId{id}); });
    connect(m_views, &LibraryPanel::renameRequested, this,
            [this](qint64 id) { rename(*m_views, m_library.find(estate::WallViewId{id})); });
    connect(m_views, &LibraryPanel::removeRequested, this,
            [this](qint64 id) { remove(*m_views, m_library.find(estate::WallViewId{id}), QStringLiteral("view")); });
}

void LibraryDesk::connectSequences() {
    connect(m_sequences, &LibraryPanel::chosen, this, [this](qint64 id) { runSequence(estate::SequenceId{id}); });
    connect(m_sequences, &LibraryPanel::makeRequested, this, &LibraryDesk::makeSequence);
    connect(m_sequences, &LibraryPanel::replaceRequested, this,
            [this](qint64 id) { editSequence(estate::SequenceId{id}); });
    connect(m_sequences, &LibraryPanel::renameRequested, this,
            [this](qint64 id) { rename(*m_sequences, m_library.find(estate::SequenceId{id})); });
    connect(m_sequences, &LibraryPanel::removeRequested, this, [this](qint64 id) {
        remove(*m_sequences, m_library.find(estate::SequenceId{id}), QStringLiteral("sequence"));
    });
}

void LibraryDesk::openView(estate::WallViewId id) {
    const estate::SavedView* view = m_library.find(id);
    if (view == nullptr) {
        return;
    }
    if (view->isDamaged) {
        m_views->showProblem(
            QStringLiteral("%1 cannot be read. Replace it by this wall, or delete it.").arg(toQt(view->name)));
        return;
    }
    m_activeWall().open(view->content);
    Q_EMIT wallChanged();
}

void LibraryDesk::runSequence(estate::SequenceId id) {
    const estate::Sequence* sequence = m_library.find(id);
    if (sequence == nullptr) {
        return;
    }
    if (sequence->isDamaged) {
        m_sequences->showProblem(QStringLiteral("%1 cannot be read. Edit it, or delete it.").arg(toQt(sequence->name)));
        return;
    }
    m_activeWall().showSequence(id);
    Q_EMIT wallChanged();
}

void LibraryDesk::saveView() {
    auto* dialog = new NameDialog{
        QStringLiteral("Save this wall as a view"), QStringLiteral("Save"), {}, sharingOf(m_library), m_desk};
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    // The wall as it is now, and not as it may be when the name is typed.
    const estate::ViewContent content = m_activeWall().content();
    dialog->setReplaced([this](const QString& name, bool isShared) {
        const estate::SavedView* there = named(m_library.views(), name, isShared);
        return there == nullptr
                   ? QString{}
                   : QStringLiteral("There is a view of this name, %1. It will be replaced.").arg(lastChange(*there));
    });
    connect(dialog, &NameDialog::confirmed, this, [this, dialog, content](const QString& name, bool isShared) {
        if (const estate::SavedView* there = named(m_library.views(), name.trimmed(), isShared)) {
            m_library.replace(there->id, content, closeOrSay(dialog));
        } else {
            m_library.add(name, isShared, content, closeOrSay(dialog));
        }
    });
    dialog->open();
}

void LibraryDesk::replaceView(estate::WallViewId id) {
    const estate::SavedView* view = m_library.find(id);
    if (view == nullptr) {
        return;
    }
    const estate::ViewContent content = m_activeWall().content();
    ask(m_desk, QStringLiteral("Replace %1 by the wall as it is now?").arg(toQt(view->name)),
        QStringLiteral("The view was %1.").arg(lastChange(*view)), QStringLiteral("Replace"),
        [this, id, content] { m_library.replace(id, content, reportTo(*m_views)); });
}

SequenceDialog* LibraryDesk::makeSequenceDialog() {
    auto* dialog = new SequenceDialog{
        [this](int number) -> std::optional<SequenceDialog::Named> {
            const estate::Camera* camera = m_cameras.find(number);
            return camera == nullptr ? std::nullopt
                                     : std::optional{SequenceDialog::Named{{camera->id, number}, toQt(camera->name)}};
        },
        m_desk};
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setMayShare(m_library.mayShare());
    const WallPage& wall = m_activeWall();
    std::vector<int> numbers;
    for (int index = 0; index < wall.tileCount(); ++index) {
        if (const int number = wall.cameraNumber(index); number != 0) {
            numbers.push_back(number);
        }
    }
    dialog->setWall(numbers);
    return dialog;
}

void LibraryDesk::makeSequence() {
    SequenceDialog* dialog = makeSequenceDialog();
    connect(dialog, &SequenceDialog::confirmed, this,
            [this, dialog](const QString& name, bool isShared, const estate::SequenceContent& content) {
                m_library.add(name, isShared, content, closeOrSay(dialog));
            });
    dialog->open();
}

void LibraryDesk::editSequence(estate::SequenceId id) {
    const estate::Sequence* sequence = m_library.find(id);
    if (sequence == nullptr) {
        return;
    }
    SequenceDialog* dialog = makeSequenceDialog();
    dialog->setSequence(toQt(sequence->name), sequence->content);
    connect(dialog, &SequenceDialog::confirmed, this,
            [this, dialog, id](const QString& /*name*/, bool /*isShared*/, const estate::SequenceContent& content) {
                m_library.replace(id, content, closeOrSay(dialog));
            });
    dialog->open();
}

template <typename Item>
void LibraryDesk::rename(LibraryPanel& panel, const Item* item) {
    if (item == nullptr) {
        return;
    }
    auto* dialog = new NameDialog{QStringLiteral("Rename %1").arg(toQt(item->name)), QStringLiteral("Rename"),
                                  toQt(item->name), NameDialog::Sharing::NotAsked, &panel};
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &NameDialog::confirmed, this,
            [this, dialog, id = item->id](const QString& name) { m_library.rename(id, name, closeOrSay(dialog)); });
    dialog->open();
}

template <typename Item>
void LibraryDesk::remove(LibraryPanel& panel, const Item* item, const QString& what) {
    if (item == nullptr) {
        return;
    }
    const QString whose = item->isShared ? QStringLiteral("It is shared: it goes from every desk. ") : QString{};
    ask(m_desk, QStringLiteral("Delete the %1 %2?").arg(what, toQt(item->name)),
        QStringLiteral("%1It was %2.").arg(whose, lastChange(*item)), QStringLiteral("Delete"),
        [this, &panel, id = item->id] { m_library.remove(id, reportTo(panel)); });
}

WallLibrary::Done LibraryDesk::reportTo(LibraryPanel& panel) {
    return [panel = QPointer<LibraryPanel>{&panel}](const base::Result<void>& result) {
        if (panel != nullptr && !result) {
            panel->showProblem(sentenceOf(result.error()));
        }
    };
}

}  // namespace leedswatch::ui
