#pragma once

#include "ui/cameras/camera_directory.h"
#include "ui/wall/library_panel.h"
#include "ui/wall/wall_library.h"

#include <QObject>
#include <functional>

namespace leedswatch::ui {

class NameDialog;
class SequenceDialog;
class WallPage;

/// What a person does with views and sequences: opens, saves, replaces, renames, deletes them. Joins the two lists, the
/// dialogs, the wall that is active, and the library; decides no rule.
class LibraryDesk final : public QObject {
    Q_OBJECT

public:
    using ActiveWall = std::function<WallPage&()>;

    /// `desk` is the page over which dialogs are shown, and the parent of the lists.
    LibraryDesk(WallLibrary& library, const CameraDirectory& cameras, ActiveWall activeWall, QWidget* desk);

    [[nodiscard]] LibraryPanel& views() const { return *m_views; }
    [[nodiscard]] LibraryPanel& sequences() const { return *m_sequences; }
    /// Asks for a name and saves the active wall under it.
    void saveView();

Q_SIGNALS:
    /// A view was opened or a sequence started: the wall is where to look now.
    void wallChanged();

private:
    void connectViews();
    void connectSequences();
    void openView(estate::WallViewId id);
    void runSequence(estate::SequenceId id);
    void replaceView(estate::WallViewId id);
    void makeSequence();
    void editSequence(estate::SequenceId id);
    [[nodiscard]] SequenceDialog* makeSequenceDialog();
    template <typename Item>
    void rename(LibraryPanel& panel, const Item* item);
    template <typename Item>
    void remove(LibraryPanel& panel, const Item* item, const QString& what);
    [[nodiscard]] WallLibrary::Done reportTo(LibraryPanel& panel);

    WallLibrary& m_library;
    const CameraDirectory& m_cameras;
    const ActiveWall m_activeWall;
    QWidget* m_desk;
    LibraryPanel* m_views;
    LibraryPanel* m_sequences;
};

}  // namespace leedswatch::ui
