#include "ui/convert/convert_page.h"

#include <QDragEnterEvent>
#include <QFileDialog>
#include <QLineEdit>
#include <QMimeData>
#include <QUrl>
#include <algorithm>

// How files and folders are chosen, or dropped onto the page.

namespace leedswatch::ui {

void ConvertPage::chooseFiles() {
    auto* dialog = new QFileDialog{this, QStringLiteral("Recordings to convert")};
    dialog->setObjectName(QStringLiteral("recordingsFileDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &ConvertPage::add);
    dialog->open();
}

void ConvertPage::chooseSourceFolder() {
    auto* dialog = new QFileDialog{this, QStringLiteral("Folder of recordings to convert")};
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& folder) { add({folder}); });
    dialog->open();
}

void ConvertPage::chooseFolder() {
    auto* dialog = new QFileDialog{this, QStringLiteral("Folder for what is made"), m_folder->text()};
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, m_folder, &QLineEdit::setText);
    dialog->open();
}

void ConvertPage::dragEnterEvent(QDragEnterEvent* event) {
    const auto urls = event->mimeData()->urls();
    if (std::ranges::any_of(urls, [](const QUrl& url) { return url.isLocalFile(); })) {
        event->acceptProposedAction();
    }
}

void ConvertPage::dropEvent(QDropEvent* event) {
    QStringList files;
    for (const QUrl& url : event->mimeData()->urls()) {
        if (url.isLocalFile()) {
            files.append(url.toLocalFile());
        }
    }
    // Whatever the other program proposes: nothing is ever moved away from it.
    event->setDropAction(Qt::CopyAction);
    event->accept();
    add(files);
}

}  // namespace leedswatch::ui
